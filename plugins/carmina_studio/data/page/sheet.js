// The sheet: the words as they are typed, with what each syllable is above it and what each line is beside it.
import { find, make } from "./dom.js";
import { say } from "./say.js";

const MARKS = { "+": "/", "/": "\\", "-": "×", "平": "平", "仄": "仄", "中": "中", "?": "?" };
const ASKED = new Set(["+", "-", "平", "仄"]);
export const isLabel = (line) => /^\s*(?:\[[^\]]{1,60}\]|【[^】]{1,60}】|#{1,6}\s.{1,60})\s*$/.test(line);

export function lineAt(text, caret) {
  return text.slice(0, caret).split("\n").length - 1;
}

// Whether a syllable is not what the form asks for at its place.
function clashes(row, at) {
  const asked = row.asked[at];
  if (row.fits !== false && !row.remarks.length) return false;
  if (!ASKED.has(asked) || row.asked.length !== row.heard.length) return false;
  const heard = row.heard[at] === "/" ? "+" : row.heard[at];
  return heard !== asked && heard !== "中" && heard !== "?";
}

// The line cut where its syllables stand; what stands between them is text of its own.
function pieces(line, units) {
  const plain = line.toLowerCase().replaceAll("’", "'");
  const found = [];
  let at = 0;
  units.forEach((unit, number) => {
    const start = plain.indexOf(unit.toLowerCase(), at);
    if (start < 0 || start - at > 12) return;
    found.push({ start, end: start + unit.length, number });
    at = start + unit.length;
  });
  return found;
}

function marked(line, row, slips) {
  const element = document.createDocumentFragment();
  let at = 0;
  for (const { start, end, number } of pieces(line, row.units)) {
    if (start > at) element.append(line.slice(at, start));
    const heard = row.heard[number];
    const strength = (heard === "+" || heard === "仄" ? " strong" : "") + ("平仄中".includes(heard) ? " han" : "");
    const doubt = slips.some((mark) => mark.start < end && start < mark.end) ? " doubt" : "";
    const unit = make("span", { class: `unit${strength}${clashes(row, number) ? " off" : ""}${doubt}`, textContent: line.slice(start, end) });
    unit.dataset.mark = MARKS[heard] || "";
    element.append(unit);
    at = end;
  }
  element.append(line.slice(at));
  return element;
}

const LOCK = "M7 10V8a5 5 0 0 1 10 0v2h1v10H6V10zm2 0h6V8a3 3 0 0 0-6 0z";

function lockButton(number, locked, onLock) {
  const button = make("button", { type: "button", tabIndex: -1, title: say(locked ? "unlock_line" : "lock_line", { n: number + 1 }), onclick: () => onLock(number) });
  if (!locked) {
    button.textContent = String(number + 1);
    return button;
  }
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", LOCK);
  picture.append(path);
  button.append(picture);
  return button;
}

export class Sheet {
  constructor({ onText, onCaret, onLock }) {
    this.field = find("text");
    this.mirror = find("mirror");
    this.margin = find("margin");
    this.rows = new Map();
    this.drawn = []; // what each line of the mirror shows
    this.marks = []; // of the proofreader: {line, start, end, word, text, mends}
    this.locked = new Set();
    this.onLock = onLock;
    this.field.addEventListener("input", () => { this.fit(); onText(this.field.value); });
    for (const kind of ["keyup", "click", "focus", "select"]) this.field.addEventListener(kind, () => { this.here(); onCaret(); });
    new ResizeObserver(() => this.place()).observe(this.mirror);
  }

  get text() { return this.field.value; }

  get line() { return lineAt(this.text, this.field.selectionStart); }

  get caretWord() {
    const line = this.text.split("\n")[this.line] || "";
    const at = this.field.selectionStart - this.text.split("\n").slice(0, this.line).join("\n").length - (this.line ? 1 : 0);
    return this.wordAt(line, at);
  }

  wordAt(line, at) {
    let last = "";
    for (const match of line.matchAll(/\p{Script=Han}|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)) {
      last = match[0];
      if (at <= match.index + last.length) return last;
    }
    return last;
  }

  lastWord(number = this.line) {
    return [...(this.text.split("\n")[number] || "").matchAll(/\p{Script=Han}|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu)].at(-1)?.[0] || "";
  }

  // Put a text there without losing the place.
  set(text) {
    if (text === this.field.value) return;
    const place = this.field.selectionStart;
    this.field.value = text;
    if (document.activeElement === this.field) this.field.setSelectionRange(place, place);
    this.fit();
  }

  // Another line, or words after the last one; the caret goes to its end.
  replaceLine(number, line) {
    const lines = this.text.split("\n");
    lines[number] = line;
    this.field.value = lines.join("\n");
    const end = lines.slice(0, number + 1).join("\n").length;
    this.field.focus();
    this.field.setSelectionRange(end, end);
    this.field.dispatchEvent(new Event("input"));
  }

  scanned(rows, marks = []) {
    this.rows = rows;
    this.marks = marks;
    this.draw();
  }

  fit() {
    this.draw();
    this.field.style.height = "auto";
    this.field.style.height = `${Math.max(this.field.scrollHeight, this.mirror.scrollHeight)}px`;
  }

  // Only the lines that are others than before are drawn again.
  draw() {
    const lines = this.text.split("\n");
    const slips = new Map();
    for (const mark of this.marks) if (mark.start !== undefined) slips.set(mark.line, [...(slips.get(mark.line) || []), mark]);
    const children = [...this.mirror.children];
    lines.forEach((line, number) => {
      const row = this.rows.get(number)?.text === line ? this.rows.get(number) : null;
      const own = row ? slips.get(number) || [] : [];
      const key = own.map((mark) => `${mark.start}-${mark.end}`).join();
      const before = this.drawn[number];
      if (children[number] && before?.line === line && before.row === row && before.key === key) return;
      this.drawn[number] = { line, row, key };
      const element = make("div", { class: `line${isLabel(line) ? " label" : ""}` });
      if (row) element.append(marked(line, row, own));
      else element.textContent = line || "\u200b";
      if (children[number]) children[number].replaceWith(element);
      else this.mirror.append(element);
    });
    children.slice(lines.length).forEach((element) => element.remove());
    this.drawn.length = lines.length;
    this.here();
    this.place();
  }

  here() {
    const element = document.activeElement === this.field ? this.mirror.children[this.line] : null;
    if (this.at !== element) this.at?.classList.remove("here");
    element?.classList.add("here");
    this.at = element;
  }

  // What stands beside the lines, once a frame however often it is asked for.
  place() {
    this.placing ||= requestAnimationFrame(() => { this.placing = 0; this.placeNow(); });
  }

  placeNow() {
    const lines = this.text.split("\n");
    const top = this.mirror.getBoundingClientRect().top;
    this.margin.replaceChildren(...[...this.mirror.children].flatMap((element, number) => {
      if (!lines[number]?.trim() || isLabel(lines[number])) return [];
      const locked = this.locked.has(number);
      const box = make("div", { class: `row-of-line${locked ? " locked" : ""}` }, lockButton(number, locked, this.onLock), this.facts(number, lines[number]));
      box.style.top = `${element.getBoundingClientRect().top - top}px`;
      return [box];
    }));
  }

  facts(number, line) {
    const row = this.rows.get(number);
    const box = make("span", { class: "facts" });
    if (!row || row.text !== line) return box;
    const sign = row.fits === null ? "" : row.fits && !row.remarks.length ? " fit" : " off";
    const count = row.asked.length && row.asked.length !== row.heard.length ? `${row.heard.length}/${row.asked.length}` : row.heard.length;
    box.append(make("span", { class: sign.trim(), textContent: `${count}${sign === " fit" ? " ✓" : sign === " off" ? " !" : ""}` }));
    box.append(make("span", { class: row.rhyme ? "rhyme" : "", textContent: row.rhyme }));
    return box;
  }
}
