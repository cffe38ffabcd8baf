// Bars, chords and the piano roll on one line of time: bars are chosen, chords typed, notes dragged or moved by keys.
import { find, later, make } from "./dom.js";
import { follow, seekTick, sound } from "./player.js";
import { say } from "./say.js";
import { QUARTER } from "./time.js";

const PIXELS = 44; // a quarter
const GRID = QUARTER / 4;
const NAMES = ["C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"];
export const pitchName = (pitch) => `${NAMES[pitch % 12]}${Math.floor(pitch / 12) - 1}`;

export class Timeline {
  constructor({ choose, onChord, onNotes }) {
    Object.assign(this, { choose, onChord, onNotes });
    this.canvas = find("roll");
    this.frame = find("timeline");
    this.pen = this.canvas.getContext("2d");
    this.picked = -1;
    this.now = 0;
    this.commit = later(() => this.send(), 700);
    this.frame.addEventListener("scroll", () => this.draw());
    new ResizeObserver(() => this.fit()).observe(this.frame);
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const kind of ["pointerup", "pointercancel"]) this.canvas.addEventListener(kind, () => this.drop());
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("blur", () => { this.commit.now(); });
    find("bars").addEventListener("keydown", (event) => this.barKey(event));
    for (const name of ["recoloured", "desk"]) document.addEventListener(name, () => { this.palette = null; this.fit(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.palette = null; this.draw(); });
    follow((tick, playing) => this.follow(tick, playing));
  }

  load(facts, locks) {
    this.facts = structuredClone(facts);
    this.voice = this.facts.tracks.findIndex((track) => track.role === "voice");
    if (this.voice < 0) this.voice = 0;
    const pitches = this.facts.tracks.filter((track) => track.role !== "drums").flatMap((track) => track.notes.map((note) => note[0]));
    this.low = Math.min(60, ...pitches) - 2;
    this.high = Math.max(this.low + 16, ...pitches) + 4;
    this.moved = new Map();
    this.picked = Math.min(this.picked, this.notes.length - 1);
    const end = facts.bars.at(-1)[1];
    find("timeline-inner").style.width = `${end / QUARTER * PIXELS + 24}px`;
    this.showBars(locks);
    this.showChords();
    this.fit();
  }

  get notes() { return this.facts.tracks[this.voice]?.notes || []; }

  x(tick) { return tick / QUARTER * PIXELS; }

  showBars(locks) {
    const signs = { notes: "♪", rhythm: "♩", words: "A" };
    const names = new Map(this.facts.sections.map(([onset, , label]) => [onset, label]));
    const focused = document.activeElement?.closest?.("#bars button")?.dataset.bar;
    find("bars").replaceChildren(...this.facts.bars.map(([start, end, number], bar) => {
      const kept = locks.find((lock) => lock.bar === number)?.keeps || [];
      const button = make("button", { type: "button", role: "option", tabIndex: -1, "aria-selected": "false", data: { bar: String(bar) } }, make("span", { textContent: String(number) }));
      const label = names.get(start);
      if (label) button.append(" ", make("span", { class: "section", textContent: label }));
      if (kept.length) button.append(make("span", { class: "lock", textContent: kept.map((kind) => signs[kind]).join("") }));
      button.setAttribute("aria-label", [say("bar", { n: number }), label, ...kept.map((kind) => say(`kept_${kind}`))].filter(Boolean).join(", "));
      button.style.left = `${this.x(start) + 1}px`;
      button.style.width = `${this.x(end - start) - 2}px`;
      button.addEventListener("click", (event) => this.choose(bar, event.shiftKey));
      return button;
    }));
    if (focused) find("bars").children[focused]?.focus();
  }

  showChords() {
    find("chords").replaceChildren(...this.facts.bars.map(([start, end, number], bar) => {
      const inside = this.facts.chords.filter(([onset]) => start <= onset && onset < end).map(([, symbol]) => symbol).join(" ");
      const field = make("input", { type: "text", value: inside, maxLength: 120, tabIndex: -1, autocomplete: "off", spellcheck: false, "aria-label": say("chords_of", { n: number }), data: { bar: String(bar) } });
      field.style.left = `${this.x(start) + 1}px`;
      field.style.width = `${this.x(end - start) - 2}px`;
      field.addEventListener("change", () => this.onChord(number, field.value.trim(), field));
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); find("bars").children[bar].focus(); }
        if (event.key === "Escape") { field.value = inside; find("bars").children[bar].focus(); }
        event.stopPropagation();
      });
      return field;
    }));
  }

  showChosen(chosen) {
    this.chosen = chosen;
    [...find("bars").children].forEach((button, bar) => {
      button.setAttribute("aria-selected", String(Boolean(chosen && bar >= chosen[0] && bar <= chosen[1])));
      button.tabIndex = bar === (chosen ? chosen[0] : 0) ? 0 : -1;
    });
    this.draw();
  }

  barKey(event) {
    const bar = Number(event.target.closest("button")?.dataset.bar ?? -1);
    const last = this.facts.bars.length - 1;
    const to = { ArrowRight: bar + 1, ArrowLeft: bar - 1, Home: 0, End: last }[event.key];
    if (event.key === "Enter" && bar >= 0 && !event.shiftKey) { event.preventDefault(); find("chords").children[bar].focus(); find("chords").children[bar].select(); }
    if (to === undefined || bar < 0) return;
    event.preventDefault();
    const next = Math.min(Math.max(0, to), last);
    this.choose(next, event.shiftKey);
    find("bars").children[next].focus();
  }

  // ---- the roll

  fit() {
    this.width = this.frame.clientWidth;
    this.height = this.canvas.clientHeight || 240;
    this.ratio = devicePixelRatio || 1;
    this.canvas.style.width = `${this.width}px`;
    this.canvas.width = this.width * this.ratio;
    this.canvas.height = this.height * this.ratio;
    this.draw();
  }

  y(pitch) { return this.height - (pitch - this.low) / (this.high - this.low) * this.height; }

  colours() {
    const style = getComputedStyle(document.documentElement);
    this.palette ||= Object.fromEntries(["ink", "soft", "line", "voice", "other", "accent", "card", "glow"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    return this.palette;
  }

  draw() {
    if (!this.facts || !this.width) return;
    const { pen } = this;
    const colour = this.colours();
    const left = this.frame.scrollLeft;
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.translate(-left, 0);
    this.drawBars(pen, colour, left);
    this.facts.tracks.forEach((track, part) => { if (part !== this.voice && track.role !== "drums") this.drawTrack(track, false, left); });
    this.drawTrack(this.facts.tracks[this.voice], true, left);
    pen.fillStyle = colour.accent;
    pen.fillRect(this.x(this.now) - 1, 0, 2, this.height);
  }

  drawBars(pen, colour, left) {
    this.facts.bars.forEach(([start, end], bar) => {
      const x = this.x(start);
      if (this.x(end) < left || x > left + this.width) return;
      if (this.chosen && bar >= this.chosen[0] && bar <= this.chosen[1]) { pen.fillStyle = colour.glow; pen.fillRect(x, 0, this.x(end - start), this.height); }
      pen.fillStyle = colour.line;
      pen.fillRect(x, 0, 1, this.height);
    });
    pen.fillStyle = colour.soft;
    pen.font = "10px system-ui, sans-serif";
    for (let pitch = Math.ceil(this.low / 12) * 12; pitch < this.high; pitch += 12) {
      pen.globalAlpha = 0.35;
      pen.fillRect(left, this.y(pitch), this.width, 0.5);
      pen.globalAlpha = 1;
      pen.fillText(pitchName(pitch), left + 3, this.y(pitch) - 2);
    }
  }

  drawTrack(track, sung, left) {
    const { pen } = this;
    const colour = this.colours();
    const high = Math.max(sung ? 7 : 3, this.height / (this.high - this.low) - 1);
    track?.notes.forEach(([pitch, onset, length, , , , text], at) => {
      const x = this.x(onset);
      const wide = this.x(length);
      if (x > left + this.width || x + wide < left - 120) return;
      const sounding = onset <= this.now && this.now < onset + length && this.now > 0;
      const top = this.y(pitch) - high / 2;
      pen.globalAlpha = sung ? (sounding ? 1 : 0.78) : sounding ? 0.8 : 0.32;
      pen.fillStyle = sung ? colour.voice : colour.other;
      pen.beginPath();
      pen.roundRect(x + 0.5, top, Math.max(3, wide - 1.5), high, Math.min(3, high / 2));
      pen.fill();
      pen.globalAlpha = 1;
      if (sung && at === this.picked && (document.activeElement === this.canvas || this.held)) { pen.strokeStyle = colour.ink; pen.lineWidth = 2; pen.strokeRect(x - 1, top - 2, wide + 1, high + 4); }
      if (sung && text && text !== "_") this.say(text.trim(), x + 1, top - 4, sounding, colour);
    });
  }

  say(text, x, y, sounding, colour) {
    const { pen } = this;
    pen.font = `${sounding ? 700 : 400} 12.5px Georgia, "Songti SC", "Noto Serif CJK SC", SimSun, serif`;
    pen.fillStyle = sounding ? colour.accent : colour.ink;
    pen.strokeStyle = colour.card;
    pen.lineWidth = 3.5;
    pen.lineJoin = "round";
    pen.strokeText(text, x, Math.max(12, y));
    pen.fillText(text, x, Math.max(12, y));
  }

  follow(tick, playing) {
    if (!this.facts || tick < 0 || tick === this.now) return;
    this.now = tick;
    const x = this.x(tick);
    if (playing && (x < this.frame.scrollLeft || x > this.frame.scrollLeft + this.width * 0.85)) this.frame.scrollLeft = Math.max(0, x - this.width * 0.15);
    this.draw();
  }

  // ---- notes by mouse

  at(event) {
    const tick = (event.offsetX + this.frame.scrollLeft) / PIXELS * QUARTER;
    const pitch = Math.round(this.low + (this.height - event.offsetY) / this.height * (this.high - this.low));
    const near = this.notes.map((note, number) => ({ note, number })).filter(({ note }) => note[1] - 20 <= tick && tick <= note[1] + note[2] + 20);
    const found = near.find(({ note }) => Math.abs(note[0] - pitch) <= 1);
    return { tick, pitch, found };
  }

  press(event) {
    const { tick, pitch, found } = this.at(event);
    if (!found) { seekTick(Math.max(0, tick)); return; }
    this.picked = found.number;
    const edge = tick > found.note[1] + found.note[2] - Math.min(QUARTER / 4, found.note[2] / 3);
    this.held = { from: [...found.note], tick, pitch, edge };
    this.canvas.setPointerCapture(event.pointerId);
    sound.touch(found.note[0], this.facts.tracks[this.voice]);
    this.draw();
  }

  drag(event) {
    if (!this.held) {
      this.canvas.style.cursor = this.facts && this.at(event).found ? "grab" : "crosshair";
      return;
    }
    const { from, tick, pitch, edge } = this.held;
    const here = this.at(event);
    const shift = Math.round((here.tick - tick) / GRID) * GRID;
    if (edge) this.put(from[0], from[1], from[2] + shift);
    else this.put(from[0] + here.pitch - pitch, from[1] + shift, from[2]);
  }

  drop() {
    if (!this.held) return;
    this.held = null;
    this.send();
  }

  // The picked note elsewhere, as far as its neighbours leave it room: a voice sings one note at a time.
  put(pitch, onset, length) {
    const note = this.notes[this.picked];
    const before = this.picked ? this.notes[this.picked - 1][1] + this.notes[this.picked - 1][2] : 0;
    const after = this.notes[this.picked + 1]?.[1] ?? this.facts.bars.at(-1)[1];
    const to = [Math.min(Math.max(0, pitch), 127), Math.min(Math.max(before, onset), after - GRID), length];
    to[2] = Math.min(Math.max(GRID, length), after - to[1]);
    if (to[0] !== note[0]) sound.touch(to[0], this.facts.tracks[this.voice]);
    if (to.every((value, i) => value === note[i])) return;
    [note[0], note[1], note[2]] = to;
    this.moved.set(this.picked, { track: this.voice, note: this.picked, pitch: to[0], onset: to[1], length: to[2] });
    this.draw();
  }

  send() {
    if (!this.moved?.size) return;
    const moves = [...this.moved.values()];
    this.moved = new Map();
    this.onNotes(moves);
  }

  // ---- notes by keys

  key(event) {
    if (!this.notes.length) return;
    const note = this.notes[Math.max(0, this.picked)];
    const left = event.key === "ArrowLeft" ? -1 : 1;
    const octave = event.shiftKey ? 12 : 1;
    if (["ArrowLeft", "ArrowRight"].includes(event.key)) {
      if (event.altKey) this.put(note[0], note[1] + left * GRID, note[2]);
      else if (event.shiftKey) this.put(note[0], note[1], note[2] + left * GRID);
      else this.pick(this.picked + left);
    } else if (event.key === "ArrowUp") this.put(note[0] + octave, note[1], note[2]);
    else if (event.key === "ArrowDown") this.put(note[0] - octave, note[1], note[2]);
    else return;
    event.preventDefault();
    this.tell();
    if (this.moved.size) this.commit();
  }

  pick(number) {
    this.picked = Math.min(Math.max(0, number), this.notes.length - 1);
    const x = this.x(this.notes[this.picked][1]);
    if (x < this.frame.scrollLeft + 20 || x > this.frame.scrollLeft + this.width - 60) this.frame.scrollLeft = Math.max(0, x - this.width / 3);
    sound.touch(this.notes[this.picked][0], this.facts.tracks[this.voice]);
    this.draw();
  }

  tell() {
    const [pitch, onset, length, , , , text] = this.notes[Math.max(0, this.picked)];
    const bar = this.facts.bars.find(([start, end]) => start <= onset && onset < end) || this.facts.bars[0];
    find("note-said").textContent = say("note_said", { pitch: pitchName(pitch), text: (text || "").trim(), bar: bar[2], beat: +((onset - bar[0]) / QUARTER + 1).toFixed(2), length: +(length / QUARTER).toFixed(2) });
  }
}
