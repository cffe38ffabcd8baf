// The desk of music: what is asked of it, the bars that are chosen, and the versions that are heard.
import { Refusal, get } from "./api.js";
import { busy, clear, fill, find, make, newSeed, trying } from "./dom.js";
import { change, now, onPiece, settled, show, step } from "./piece.js";
import { factsOf, follow, hearBars, load, music, seekTick, setLoop, unload } from "./player.js";
import { knows, say } from "./say.js";
import { showChosen, showScore, startScore } from "./score.js";
import { Follower } from "./time.js";
import { Timeline } from "./timeline.js";

const METRES = ["4/4", "3/4", "6/8", "2/4"];
const LETTERS = "ABCDEFGH";
let timeline;
let chosen = null; // [first, last], indices of bars as they sound
let anchor = 0;
let shown = "";
let wordFollower = null;
let styles = [];
const fields = () => ({ style: find("style"), key: find("key"), "--to": find("key"), to: find("key"), metre: find("metre"), tempo_bpm: find("tempo"), range: find("range") });

// ---- making

async function made(operation, body, said) {
  await settled();
  const { work } = now;
  const state = await busy(said, `/api/works/${work}/make/${operation}`, body);
  if (state.work === now.work) show(state);
  return state;
}

export async function compose(many) {
  clear("settings-error", fields());
  await trying("settings-error", async () => {
    if (!now.piece.text.trim()) { find("tab-words").click(); throw new Refusal({ error: say("no_words") }); }
    const state = await made("compose", { many, offer: many > 1, seed: newSeed() }, "composing");
    if (many > 1) offer(state, null);
    else find("offers").replaceChildren();
  }, fields());
}

// Words for the tune that is there; the words of the piece become those that are sung.
async function newWords() {
  const about = find("about").value.trim() || now.piece.about || now.piece.title;
  await made("new_words", { about, seed: newSeed(), said: "new_words" }, "writing");
  const { work } = now;
  const { tracks, sections } = await factsOf(now.piece.score);
  if (work !== now.work) return;
  const marks = [...sections];
  let text = "";
  for (const [, onset, , , , , word, ends] of tracks.find((track) => track.role === "voice").notes) {
    if (!word || word === "_") continue;
    while (marks.length && marks[0][0] <= onset && /(^|\n)$/.test(text)) text += `${text ? "\n" : ""}[${marks.shift()[2]}]\n`;
    text += ends ? `${word.trim()}\n` : word;
  }
  change({ text: text.trim(), locked_lines: [], form: "" }, "new_words");
}

const numberOf = (bar) => music().facts.bars[bar][2];

async function vary() {
  const [first, last] = chosen;
  const body = { first: numberOf(first), last: numberOf(last), many: 3, offer: true, everywhere: find("everywhere").checked, seed: newSeed(), said: "vary" };
  const state = await made("vary", body, "varying");
  offer(state, [music().facts.bars[first][0], music().facts.bars[last][1]]);
  find("offers").querySelector("button")?.focus();
}

// Versions beside the piece: each is heard, one is accepted, or none; all of them stay among the takes.
function offer(state, span) {
  const box = find("offers");
  find(span ? "selection" : "settings").after(box);
  const hear = (score, card) => trying("vary-error", async () => {
    const facts = await factsOf(score);
    [...box.children].forEach((other) => other.classList.toggle("heard", other === card));
    await hearBars(span ? span[0] : 0, span ? span[1] : facts.end, score);
  });
  const cards = state.scores.map((score, at) => {
    const card = make("div", { class: "offer", role: "group", "aria-label": say("version", { letter: LETTERS[at] }) }, make("strong", { textContent: LETTERS[at] }));
    card.append(
      make("button", { type: "button", textContent: say("hear"), "aria-label": say("hear_version", { letter: LETTERS[at] }), onclick: () => hear(score, card) }),
      make("button", { type: "button", class: "primary", textContent: say("accept"), "aria-label": say("accept_version", { letter: LETTERS[at] }), onclick: () => trying("vary-error", async () => { box.replaceChildren(); await step("accept", { step: state.steps[at], over: state.steps }); }) }));
    return card;
  });
  const old = make("div", { class: "offer" });
  if (now.piece.score) old.append(make("button", { type: "button", textContent: say("hear_old"), onclick: () => hear(now.piece.score, old) }));
  old.append(make("button", { type: "button", textContent: say("reject"), onclick: () => { box.replaceChildren(); find("bars").querySelector("[aria-selected=true]")?.focus(); } }));
  box.replaceChildren(...cards, old);
}

// ---- settings

function asked() {
  const tempo = find("tempo").value;
  return { style: find("style").value || "song", key: find("key").value.trim(), metre: find("metre").value, tempo_bpm: tempo ? Number(tempo) : null, range: find("range").value.trim(), groove: Number(find("groove").value) };
}

// A setting of music that is there is done to it at once; else it waits for the composing.
const DONE_TO_MUSIC = {
  style: () => ["arrange", { seed: 0 }, "arranging"],
  groove: () => ["arrange", { seed: 0 }, "arranging"],
  key: () => find("key").value.trim() && ["move", { key: find("key").value.trim() }, "moving"],
  range: () => find("range").value.trim() && ["move", { range: find("range").value.trim() }, "moving"],
  tempo: () => find("tempo").value && ["pace", { tempo_bpm: Number(find("tempo").value) }, "moving"],
};

async function set(name) {
  await trying("settings-error", async () => {
    change({ settings: asked() }, "settings");
    await settled();
    const done = now.piece.score && DONE_TO_MUSIC[name]?.();
    if (done) await made(done[0], { ...done[1], said: name }, done[2]);
  }, fields());
}

function showSettings() {
  const { settings } = now.piece;
  const facts = music()?.facts;
  for (const name of ["style", "key", "metre", "range", "groove"]) if (document.activeElement !== find(name)) find(name).value = settings[name];
  if (document.activeElement !== find("tempo")) find("tempo").value = settings.tempo_bpm ?? "";
  find("key").placeholder = facts && now.piece.score ? facts.key : say("any");
  find("tempo").placeholder = facts && now.piece.score ? String(Math.round(facts.tempi[0][1])) : say("any");
  find("compose").textContent = say(now.piece.score ? "compose_anew" : "compose");
  find("compose").classList.toggle("primary", !now.piece.score);
  find("underlay").hidden = !now.piece.score;
}

// ---- bars

function choose(bar, extend) {
  if (extend && chosen) chosen = [Math.min(anchor, bar), Math.max(anchor, bar)];
  else {
    const again = chosen && chosen[0] === bar && chosen[1] === bar && !extend;
    anchor = bar;
    chosen = again ? null : [bar, bar];
  }
  showChoice();
}

const locksOf = (bar) => now.piece.locks.find((lock) => lock.bar === numberOf(bar))?.keeps || [];

function showChoice() {
  const facts = music()?.facts;
  if (!facts) return;
  if (chosen && chosen[1] >= facts.bars.length) chosen = null;
  timeline.showChosen(chosen);
  showChosen(chosen);
  const said = !chosen ? say("choose_bars") : chosen[0] === chosen[1] ? say("bar", { n: numberOf(chosen[0]) }) : say("bars_chosen", { first: numberOf(chosen[0]), last: numberOf(chosen[1]) });
  find("selected-bars").textContent = said;
  for (const button of find("selection").querySelectorAll("button, input")) button.disabled = !chosen;
  for (const button of find("selection").querySelectorAll("[data-lock]")) {
    const all = chosen && span(chosen).every((bar) => locksOf(bar).includes(button.dataset.lock));
    button.setAttribute("aria-pressed", String(Boolean(all)));
  }
  setLoop(chosen ? facts.bars[chosen[0]][0] : null, chosen ? facts.bars[chosen[1]][1] : null);
}

const span = ([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

function lock(kind) {
  const bars = span(chosen).map(numberOf);
  const on = span(chosen).every((bar) => locksOf(bar).includes(kind));
  const kept = new Map(now.piece.locks.map((one) => [one.bar, new Set(one.keeps)]));
  for (const bar of bars) {
    if (!kept.has(bar)) kept.set(bar, new Set());
    kept.get(bar)[on ? "delete" : "add"](kind);
  }
  const order = ["notes", "rhythm", "words"];
  const locks = [...kept].filter(([, keeps]) => keeps.size).sort(([a], [b]) => a - b).map(([bar, keeps]) => ({ bar, keeps: order.filter((one) => keeps.has(one)) }));
  change({ locks }, "locked");
}

// ---- what is shown

function showSung(facts) {
  const voice = facts.tracks.find((track) => track.role === "voice");
  const sections = [...facts.sections].sort((a, b) => a[0] - b[0]);
  const lines = [];
  const moments = [];
  let line = null;
  for (const [, onset, length, , , , text, ends] of voice?.notes || []) {
    if (text === "_") { if (moments.length) moments.at(-1).end = onset + length; continue; }
    if (!text) continue;
    if (!line) {
      let label = "";
      while (sections.length && sections[0][0] <= onset) label = sections.shift()[2];
      if (label) lines.push(make("h3", { textContent: label }));
      line = make("p");
      lines.push(line);
    }
    const part = make("span", { textContent: text.trimEnd(), onclick: () => seekTick(onset) });
    moments.push({ onset, end: onset + length, part });
    line.append(part, text.endsWith(" ") ? " " : "");
    if (ends) line = null;
  }
  find("sung").replaceChildren(...lines);
  wordFollower = new Follower(moments, ({ part }) => part.classList.add("on"), ({ part }) => part.classList.remove("on"));
}

async function showMusic() {
  const { score } = now.piece;
  find("no-music").hidden = Boolean(score);
  find("music").hidden = !score;
  if (!score) { shown = ""; unload(); showSettings(); return; }
  if (shown === score) { timeline.showBars(now.piece.locks); showChoice(); showSettings(); return; }
  shown = score;
  await trying("vary-error", async () => {
    const facts = await factsOf(score);
    if (shown !== score) return;
    load(score, facts);
    timeline.load(facts, now.piece.locks);
    showSung(facts);
    showChoice();
    showSettings();
    const view = await get(`/api/scores/${score}/view`);
    if (shown === score) { await drawScore(view, facts); }
  });
}

// A score is measured as it is drawn, so it waits until its desk is open.
async function drawScore(view, facts) {
  if (find("music-desk").hidden) await new Promise((opened) => document.addEventListener("desk", function wait({ detail }) { if (detail === "music") { document.removeEventListener("desk", wait); opened(); } }));
  if (shown !== now.piece.score) return;
  showScore(view, facts, choose);
  showChosen(chosen);
}

function fillChoices() {
  const named = (style) => (knows(`style_${style.name}`) ? say(`style_${style.name}`) : style.name);
  find("style").replaceChildren(...styles.map((style) => make("option", { value: style.name, textContent: named(style), title: style.summary })));
  fill(find("metre"), [["", say("any")], ...METRES.map((metre) => [metre, metre])]);
  if (now.piece) showSettings();
}

export function startMusic() {
  startScore();
  timeline = new Timeline({
    choose,
    onChord: (bar, symbols, field) => trying("roll-error", () => made("chords", { bars: [{ bar, symbols }], said: "chords" }, "arranging"), { chords: field }),
    onNotes: (moves) => trying("roll-error", () => made("notes", { moves, said: "notes" }, "moving")).then((done) => { if (!done) { timeline.load(music().facts, now.piece.locks); timeline.showChosen(chosen); } }),
  });
  find("settings").addEventListener("submit", (event) => { event.preventDefault(); compose(1); });
  find("compose-three").addEventListener("click", () => compose(3));
  find("underlay").addEventListener("click", () => trying("settings-error", () => made("underlay", { said: "underlay" }, "varying")));
  for (const name of ["style", "key", "metre", "tempo", "range", "groove"]) find(name).addEventListener("change", () => set(name));
  for (const button of document.querySelectorAll("[data-lock]")) button.addEventListener("click", () => lock(button.dataset.lock));
  find("vary").addEventListener("click", () => trying("vary-error", vary));
  find("hear").addEventListener("click", () => hearBars(music().facts.bars[chosen[0]][0], music().facts.bars[chosen[1]][1]));
  find("go-on").addEventListener("click", () => trying("vary-error", async () => {
    const end = music().facts.bars.at(-1)[1];
    offer(await made("continue", { bars: 8, many: 3, offer: true, seed: newSeed(), said: "continue" }, "varying"), [Math.max(0, end - 3840), end + 8 * 1920]);
  }));
  find("new-words").addEventListener("click", () => trying("roll-error", newWords));
  find("new-chords").addEventListener("click", () => trying("roll-error", () => made("arrange", { new_chords: true, seed: newSeed(), said: "new_chords" }, "arranging")));
  document.addEventListener("offers", ({ detail }) => { styles = detail.styles; fillChoices(); });
  document.addEventListener("spoken", () => { fillChoices(); find("offers").replaceChildren(); if (music()) { timeline.load(music().facts, now.piece.locks); showChoice(); } });
  onPiece((before) => {
    if (before.work !== now.work) { chosen = null; find("offers").replaceChildren(); for (const place of ["settings-error", "vary-error", "roll-error"]) clear(place); }
    showMusic();
  });
  follow((tick) => wordFollower && tick >= 0 && wordFollower.at(tick));
}

