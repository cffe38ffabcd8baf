// The piece in the hand: what is typed is kept a moment later, and every change is a step that can be taken back.
import { get, post } from "./api.js";
import { find, later, trying } from "./dom.js";
import { say } from "./say.js";

const KEPT_AFTER = 700; // milliseconds
export const now = { work: "", current: 0, undo: 0, redo: 0, piece: null, takes: [] };
const listeners = [];
let saying = "typed";

export const onPiece = (listener) => listeners.push(listener);

// What the server says stands; the parts of the page show what changed.
export function show(state) {
  const before = { work: now.work, piece: now.piece, current: now.current };
  Object.assign(now, state);
  if (now.work) history.replaceState(null, "", `#${now.work}`);
  listeners.forEach((listener) => listener(before));
  find("saved").textContent = say("saved");
}

const keep = later(() => save(), KEPT_AFTER);
let saved = Promise.resolve();

function save() {
  const { work, piece } = now;
  const said = saying;
  saying = "typed";
  saved = saved.then(() => trying("text-error", async () => {
    const state = await post(`/api/works/${work}/change`, { piece, said });
    if (now.work !== work) return;
    const typedOn = now.piece !== piece; // what was typed meanwhile stays
    show(typedOn ? { ...state, piece: now.piece } : state);
  })).then((done) => { if (done === false) find("saved").textContent = say("not_saved"); });
  return saved;
}

// A change of the piece: shown at once, kept a moment later.
export function change(fields, said = "typed") {
  if (said !== saying) keep.now(); // what is of another kind is a step of its own
  const before = { work: now.work, piece: now.piece, current: now.current };
  now.piece = { ...now.piece, ...fields };
  saying = said;
  find("saved").textContent = say("saving");
  listeners.forEach((listener) => listener(before));
  keep();
}

// Before anything is asked of the piece, what was typed is with the server.
export async function settled() {
  keep.now();
  await saved;
}

export async function open(work) {
  await settled();
  const state = await get(`/api/works/${work}`);
  await settled(); // what was typed meanwhile belongs to the piece before
  show(state);
}

export async function begin(piece = {}) {
  if (now.work) await settled();
  const state = await post("/api/works", { piece });
  if (now.work) await settled();
  show(state);
}

export async function step(action, body = {}) {
  await settled();
  show(await post(`/api/works/${now.work}/${action}`, body));
}
