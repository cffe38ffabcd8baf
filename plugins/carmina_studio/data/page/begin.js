// The beginning: what it is to be about -> a poem, or a whole song; and the plan that stands between them.
import { busy, fill, find, make, newSeed, trying } from "./dom.js";
import { openDesk } from "./main.js";
import { compose } from "./music.js";
import { change, now, onPiece, settled } from "./piece.js";
import { say } from "./say.js";

const SONG_FORM = { en: "quatrain-abab", zh: "歌词" };
const SONG_STANZAS = 3;
const VERSIONS = 3;
const fields = () => ({ form: find("form"), mood: find("mood"), stanzas: find("stanzas"), manner: find("manner") });
let moods = [];
let turn = 0; // which poems are being written: those before it are no longer wanted

function wish(many, forSong) {
  const about = find("about").value.trim();
  const code = /\p{Script=Han}/u.test(about) ? "zh" : "en";
  const asked = { about, mood: find("mood").value, manner: find("manner").value.trim(), form: now.piece.form, many, seed: newSeed() };
  if (now.piece.language !== "auto") asked.language = now.piece.language;
  if (find("stanzas").value) asked.stanzas = Number(find("stanzas").value);
  if (forSong && !asked.form) {
    asked.form = SONG_FORM[code];
    if (code === "en") asked.stanzas ??= SONG_STANZAS;
  }
  return asked;
}

// The first letters of a title: what it is about.
const titled = (about) => now.piece.title || about.slice(0, 60).replace(/^\p{L}/u, (letter) => letter.toUpperCase());

function take(poem) {
  const { about, manner, mood } = { about: find("about").value.trim(), manner: find("manner").value.trim(), mood: find("mood").value };
  turn += 1;
  if (!find("working").hidden) find("cancel").click();
  find("poems").replaceChildren();
  change({ text: poem.text, form: poem.form || now.piece.form, plan: poem.plan ?? null, about, manner, mood, locked_lines: [], title: titled(poem.title || about) }, "wrote");
}

async function writePoem() {
  const poems = [];
  const own = ++turn;
  find("poems").replaceChildren();
  while (poems.length < VERSIONS) { // each is shown as soon as it is there
    poems.push(...await busy("writing", "/api/do/write", wish(1, false)));
    if (own !== turn) return;
    offer(poems);
  }
}

function offer(poems) {
  find("poems").replaceChildren(...poems.map((poem, at) => make("div", { class: "card" },
    make("div", { class: "verse", textContent: poem.text }),
    make("button", { type: "button", class: at ? "" : "primary", textContent: say("use"), "aria-label": say("use_version", { n: at + 1 }), onclick: () => { take(poem); find("text").focus(); } }))));
  if (poems.length === 1) find("poems").querySelector("button").focus();
}

async function makeSong() {
  if (!now.piece.text.trim() || find("about").value.trim() !== now.piece.about) {
    const poems = await busy("writing", "/api/do/write", wish(1, true));
    take(poems[0]);
  }
  await settled();
  openDesk("music");
  await compose(1);
}

// The plan: a list of words in each field, with commas between them.
const LISTS = ["images", "ends"];

function planFields(plan) {
  const shown = Boolean(plan && typeof plan === "object");
  find("plan").hidden = !shown;
  if (!shown) return;
  const field = (id, label, value) => make("p", {}, make("label", { htmlFor: id, textContent: label }), make("input", { id, type: "text", value: value || "" }));
  const whole = ["subject", "mood", "ending"].filter((key) => key in plan).map((key) => field(`plan-${key}`, say(`plan_${key}`), plan[key]));
  const stanzas = (plan.stanzas || []).map((stanza, at) => make("div", { class: "plan-stanza fields" },
    field(`plan-${at}-subject`, say("plan_stanza", { n: at + 1 }), stanza.subject),
    ...LISTS.map((key) => field(`plan-${at}-${key}`, say(`plan_${key}`), (stanza[key] || []).join(", ")))));
  find("plan-fields").replaceChildren(make("div", { class: "fields" }, ...whole), ...stanzas);
}

const parted = (text) => text.split(/[,，、]/).map((word) => word.trim());

function changedPlan() {
  const plan = structuredClone(now.piece.plan);
  for (const key of ["subject", "mood", "ending"]) if (find(`plan-${key}`)) plan[key] = find(`plan-${key}`).value.trim();
  (plan.stanzas || []).forEach((stanza, at) => {
    stanza.subject = find(`plan-${at}-subject`).value.trim();
    for (const key of LISTS) {
      const words = parted(find(`plan-${at}-${key}`).value);
      stanza[key] = key === "images" || words.every((word) => !word) ? words.filter(Boolean) : words;
    }
  });
  return plan;
}

async function writePlan() {
  const plan = changedPlan();
  const poems = await busy("writing", "/api/do/write", { plan, form: plan.form || now.piece.form, many: 1, seed: newSeed() });
  offer(poems);
}

export function startBegin() {
  find("begin").addEventListener("submit", (event) => {
    event.preventDefault();
    trying("about-error", makeSong, fields());
  });
  find("make-poem").addEventListener("click", () => trying("about-error", writePoem, fields()));
  find("plan-write").addEventListener("click", () => trying("wishes-error", writePlan, fields()));
  document.addEventListener("offers", ({ detail }) => { moods = detail.moods; fillMoods(); });
  document.addEventListener("spoken", fillMoods);
  onPiece((before) => {
    if (before.work !== now.work) {
      find("about").value = now.piece.about;
      find("manner").value = now.piece.manner;
      find("mood").value = now.piece.mood;
      find("poems").replaceChildren();
    }
    if (before.piece?.plan !== now.piece.plan) planFields(now.piece.plan);
  });
}

function fillMoods() {
  fill(find("mood"), [["", say("any")], ...moods.map((mood) => [mood, say(`mood_${mood}`)])], now.piece?.mood);
}
