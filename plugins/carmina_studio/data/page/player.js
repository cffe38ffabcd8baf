// The player: one place in the music that score, roll and words follow.
import { get } from "./api.js";
import { find, make } from "./dom.js";
import { now } from "./piece.js";
import { say } from "./say.js";
import { Sound } from "./sound.js";
import { Clock, clockText } from "./time.js";

export const sound = new Sound();
const followers = new Set();
const known = new Map(); // score -> facts
let own = null; // {score, facts, clock}: the piece's music
let heard = ""; // the score that is loaded, the piece's own or another version
let loopFrom = null; // [from, to] in seconds
let dragging = false;

export const follow = (follower) => followers.add(follower);
export const music = () => own;

export async function factsOf(score) {
  if (!known.has(score)) known.set(score, await get(`/api/scores/${score}/facts`));
  return known.get(score);
}

// The piece's own music changed.
export function load(score, facts) {
  own = { score, facts, clock: new Clock(facts.tempi) };
  hear(score, facts);
  showParts(facts);
  sound.prepare(facts);
}

function hear(score, facts) {
  heard = score;
  sound.load(facts, new Clock(facts.tempi));
  find("seek").max = String(sound.end);
}

export function unload() {
  sound.facts && sound.pause();
  own = null;
  heard = "";
  find("parts").replaceChildren();
}

// Bars of some version from one tick to another; that of the piece unless another is named.
export async function hearBars(from, to, score = own?.score) {
  if (!score) return;
  if (heard !== score) hear(score, await factsOf(score));
  sound.pause();
  sound.place = sound.clock.seconds(from);
  sound.play(sound.clock.seconds(to));
  showPlaying();
}

export async function hearTake(step) {
  const state = await get(`/api/works/${now.work}/steps/${step}`);
  const facts = await factsOf(state.score);
  await hearBars(0, facts.end, state.score);
}

export function setLoop(from, to) {
  loopFrom = from === null ? null : [from, to];
}

function range() {
  if (!find("loop").checked || !own) return null;
  return loopFrom ? loopFrom.map((tick) => sound.clock.seconds(tick)) : [0, sound.end];
}

export function togglePlay() {
  if (!own) return;
  if (sound.playing) sound.pause();
  else {
    if (heard !== own.score) hear(own.score, own.facts);
    const loop = range();
    if (loop && (sound.now < loop[0] || sound.now >= loop[1] - 0.05)) sound.place = loop[0];
    if (sound.now >= sound.end - 0.05) sound.place = 0;
    sound.play(loop ? loop[1] : sound.end);
  }
  showPlaying();
}

export function seekTick(tick) {
  if (!own) return;
  if (heard !== own.score) hear(own.score, own.facts);
  sound.seek(sound.clock.seconds(tick), sound.end);
}

function showPlaying() {
  find("play").classList.toggle("playing", sound.playing);
  find("play").setAttribute("aria-label", say(sound.playing ? "pause" : "play"));
  find("play").disabled = !own;
}

function round() {
  if (sound.facts) {
    if (sound.playing && sound.now >= sound.until) {
      const loop = range();
      sound.pause();
      if (loop && heard === own?.score) { sound.place = loop[0]; sound.play(loop[1]); }
    }
    const tick = own && heard === own.score ? sound.clock.ticks(sound.now) : -1;
    followers.forEach((follower) => follower(own ? tick : -1, sound.playing));
    if (!dragging) find("seek").value = String(sound.now);
    const said = own ? `${clockText(sound.now)} / ${clockText(sound.end)}` : "0:00";
    if (find("clock").textContent !== said) {
      find("clock").textContent = said;
      find("seek").setAttribute("aria-valuetext", said);
    }
  }
  showPlaying();
  requestAnimationFrame(round);
}

function toggled(set, name) {
  if (!set.delete(name)) set.add(name);
  sound.relevel();
  showParts(own.facts);
}

function showParts(facts) {
  const names = [...new Set(facts.tracks.filter((track) => track.notes.length).map((track) => track.name))];
  const focus = document.activeElement?.dataset?.part;
  find("parts").replaceChildren(...(names.length < 2 ? [] : names.map((name) => {
    const silent = sound.silent.has(name);
    const alone = sound.alone.has(name);
    return make("span", { class: `part${silent ? " silent" : ""}`, role: "group", "aria-label": name },
      make("button", { type: "button", class: "mute", textContent: name, "aria-pressed": String(!silent), title: say("mute", { name }), "aria-label": say("sounds", { name }), data: { part: `m${name}` }, onclick: () => toggled(sound.silent, name) }),
      make("button", { type: "button", textContent: say("solo_short"), "aria-pressed": String(alone), title: say("solo", { name }), "aria-label": say("solo", { name }), data: { part: `s${name}` }, onclick: () => toggled(sound.alone, name) }));
  })));
  if (focus) find("parts").querySelector(`[data-part="${CSS.escape(focus)}"]`)?.focus();
}

export function startPlayer() {
  find("play").addEventListener("click", togglePlay);
  find("seek").addEventListener("input", () => { dragging = true; sound.facts && sound.seek(Number(find("seek").value)); });
  find("seek").addEventListener("change", () => { dragging = false; });
  document.addEventListener("spoken", () => own && showParts(own.facts));
  requestAnimationFrame(round);
}
