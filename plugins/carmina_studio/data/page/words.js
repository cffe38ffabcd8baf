// The desk of words: scanning while one types, and the line in which one stands.
import { work } from "./api.js";
import { busy, fill, find, later, make, newSeed, trying } from "./dom.js";
import { startBegin } from "./begin.js";
import { change, now, onPiece, settled } from "./piece.js";
import { languageName, say } from "./say.js";
import { Sheet, isLabel } from "./sheet.js";

const SCANNED_AFTER = 250; // milliseconds
const PROOFREAD_AFTER = 1500;
let sheet;
let asked = 0;
let language = "en";
let known = { forms: [], languages: [] };

export const words = () => sheet;

const scan = later(async () => {
  const turn = ++asked;
  const { text, form, language: spoken } = now.piece;
  const lines = text.split("\n");
  if (!text.trim()) { sheet.scanned(new Map()); tellLine(); summary(); return; }
  await trying("form-error", async () => {
    const found = await work("/api/do/scan", { text, form, language: spoken });
    if (turn !== asked) return;
    language = found.language;
    const slips = sheet.marks.filter((mark) => mark.start !== undefined && mark.of === lines[mark.line]);
    sheet.scanned(new Map(found.lines.map((row) => [row.line, { ...row, text: lines[row.line] }])), [...found.marks, ...slips]);
    tellLine();
    summary();
    proofread();
  });
}, SCANNED_AFTER);

// The proofreader takes longer than the scan, so it waits for a pause; its marks hold while their line stands.
const proofread = later(async () => {
  const { text, language: spoken } = now.piece;
  const lines = text.split("\n");
  const found = await work("/api/do/proof", { text, language: spoken }).catch(() => []);
  if (text !== now.piece.text) return;
  const marks = found.map((mark) => ({ ...mark, of: lines[mark.line] }));
  sheet.scanned(sheet.rows, [...sheet.marks.filter((mark) => mark.start === undefined), ...marks]);
  tellLine();
}, PROOFREAD_AFTER);

function summary() {
  const rows = [...sheet.rows.values()];
  const off = rows.filter((row) => row.fits === false || row.remarks.length).length;
  const scheme = rows.map((row) => row.rhyme || "·").join("");
  const said = !rows.length ? "" : say("summary", { lines: rows.length, scheme: scheme.length > 40 ? `${scheme.slice(0, 40)}…` : scheme });
  const kept = rows.length && now.piece.form ? ` · ${off ? say("lines_off", { n: off }) : say("form_kept")}` : "";
  find("summary").textContent = said + kept;
}

function tellLine() {
  const number = sheet.line;
  const line = sheet.text.split("\n")[number] || "";
  const verse = line.trim() && !isLabel(line);
  const row = sheet.rows.get(number);
  find("line-heading").textContent = say("line", { n: number + 1 });
  const fresh = verse && row && row.text === line;
  const unit = say(language === "zh" ? "characters" : "syllables", { n: fresh ? row.heard.length : 0 });
  find("line-report").textContent = !verse ? say("no_line") : !fresh ? "" : [unit, row.rhyme && say("rhymes_as", { letter: row.rhyme }), row.fits && !row.remarks.length && say("fits")].filter(Boolean).join(" · ");
  find("line-remarks").replaceChildren(...(fresh ? remarks(number, row) : []));
  const locked = sheet.locked.has(number);
  const last = sheet.lastWord();
  const word = sheet.caretWord;
  const buttons = {
    "line-again": [say("line_again"), "Alt+G", verse && !locked],
    "line-rhymes": [say("line_rhymes", { word: last || "…" }), "Alt+R", Boolean(last)],
    "line-word": [say("line_word", { word: word || "…" }), "Alt+W", verse && Boolean(word) && !locked],
    "line-next": [say("line_next"), "Ctrl+Enter", Boolean(sheet.text.trim())],
    "line-lock": [say(locked ? "unlock" : "lock"), "Alt+L", verse],
  };
  for (const [id, [text, keys, on]] of Object.entries(buttons)) {
    find(id).textContent = text;
    find(id).title = keys;
    find(id).setAttribute("aria-keyshortcuts", keys.replace("Ctrl", "Control"));
    find(id).disabled = !on;
  }
  find("line-lock").setAttribute("aria-pressed", String(locked));
}

// What is to be said of a line: marks with their mends, each a button; the rest of what the scan remarked.
function remarks(number, row) {
  const marks = sheet.marks.filter((mark) => mark.line === number);
  const said = marks.some((mark) => mark.start === undefined) ? [] : row.remarks;
  return [...said.map((remark) => make("li", { textContent: remark })), ...marks.map((mark) => make("li", { textContent: mark.text }, ...mark.mends.slice(0, 4).map((mend) => mendButton(number, mark, mend))))];
}

function mendButton(number, { start, end }, mend) {
  const line = sheet.text.split("\n")[number];
  const mended = `${line.slice(0, start)}${mend}${line.slice(end)}`.replace(/(\S) {2,}/g, "$1 ").trimEnd();
  return make("button", { type: "button", class: "mend", textContent: mend.trim() || say("leave_out"), onclick: () => sheet.replaceLine(number, mended) });
}

function suggest(heading, choices, take, byWord = false) {
  const box = find("suggestions");
  const buttons = choices.map((text) => make("button", { type: "button", class: byWord ? "" : "line-choice", textContent: text, onclick: () => { box.replaceChildren(); take(text); } }));
  box.append(make("h3", { textContent: heading }), byWord ? make("div", { class: "word-row" }, ...buttons) : make("div", { class: "stack" }, ...buttons));
}

function focusFirst() {
  find("suggestions").querySelector("button")?.focus();
}

const text = () => ({ text: sheet.text, form: now.piece.form });

async function lineAgain() {
  const line = sheet.line;
  const found = await busy("writing", "/api/do/line", { ...text(), line, seed: newSeed() });
  suggest(say("line_again"), found, (chosen) => sheet.replaceLine(line, chosen));
}

async function wordAgain() {
  const line = sheet.line;
  const word = sheet.caretWord;
  const found = await busy("writing", "/api/do/line", { ...text(), line, word, many: 6, seed: newSeed() });
  suggest(say("line_word", { word }), found, (chosen) => sheet.replaceLine(line, chosen));
}

async function rhymes() {
  const line = sheet.line;
  const word = sheet.lastWord();
  const groups = await busy("looking", "/api/do/rhymes", { word });
  if (!groups.length) suggest(say("no_rhymes", { word }), [], () => {});
  for (const { group, words: list } of groups) {
    suggest(group, list.slice(0, 40), (chosen) => {
      const own = sheet.text.split("\n")[line];
      sheet.replaceLine(line, own.replace(new RegExp(`${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!.*${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")})`), chosen));
    }, true);
  }
}

async function nextLine() {
  const stand = sheet.text.split("\n").slice(0, sheet.line + 1).join("\n").replace(/\s+$/, "");
  const found = await busy("writing", "/api/do/next", { text: stand, form: now.piece.form, seed: newSeed() });
  const at = stand.split("\n").length;
  suggest(say("line_next"), found, (chosen) => {
    const lines = sheet.text.split("\n");
    lines.splice(at, lines[at]?.trim() ? 0 : 1, chosen);
    sheet.field.value = lines.join("\n");
    sheet.replaceLine(at, chosen);
  });
}

// Locks go with their lines when others come or go before them; of lines that went, they go too.
function moved(locked, before, after) {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const grown = fresh.length - old.length;
  if (!grown) return locked;
  let first = 0;
  while (first < old.length && old[first] === fresh[first]) first += 1;
  let last = 0;
  while (last < Math.min(old.length, fresh.length) - first && old.at(-1 - last) === fresh.at(-1 - last)) last += 1;
  return locked.filter((line) => line < first || line >= old.length - last).map((line) => (line < first ? line : line + grown));
}

function lock(number = sheet.line) {
  const locked = new Set(sheet.locked);
  if (!locked.delete(number)) locked.add(number);
  change({ locked_lines: [...locked].sort((a, b) => a - b) }, "locked");
}

async function again() {
  await settled();
  const versions = await busy("writing", "/api/do/again", { ...text(), locked: [...sheet.locked], seed: newSeed() });
  find("versions").replaceChildren(...versions.map((version, at) => make("div", { class: "card" },
    make("div", { class: "verse", textContent: version }),
    make("button", { type: "button", textContent: say("use"), "aria-label": say("use_version", { n: at + 1 }), onclick: () => { find("versions").replaceChildren(); change({ text: version }, "again"); } }))),
  ...(versions.length ? [make("button", { type: "button", textContent: say("keep_old"), onclick: () => find("versions").replaceChildren() })] : []));
}

const acts = { "line-again": lineAgain, "line-word": wordAgain, "line-rhymes": rhymes, "line-next": nextLine };

async function act(id) {
  if (find(id).disabled) return;
  find("suggestions").replaceChildren();
  if (await trying("line-error", acts[id])) focusFirst();
}

function keys(event) {
  const alt = { g: "line-again", w: "line-word", r: "line-rhymes" }[event.code.replace("Key", "").toLowerCase()];
  if (event.altKey && !event.ctrlKey && alt) { event.preventDefault(); act(alt); }
  if (event.altKey && event.code === "KeyL") { event.preventDefault(); lock(); }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") { event.preventDefault(); act("line-next"); }
}

function walk(event) {
  const buttons = [...find("suggestions").querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const turn = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (turn && at >= 0) { event.preventDefault(); buttons[(at + turn + buttons.length) % buttons.length].focus(); }
  if (event.key === "Escape") { find("suggestions").replaceChildren(); sheet.field.focus(); }
}

function fillForms() {
  if (!now.piece) return;
  const groups = Object.groupBy ? Object.groupBy(known.forms, (form) => form.language) : {};
  find("form").replaceChildren(make("option", { value: "", textContent: say("free") }), ...Object.entries(groups).map(([code, forms]) => make("optgroup", { label: languageName(code) }, ...forms.map((form) => make("option", { value: form.name, textContent: form.name, title: form.summary })))));
  find("form").value = now.piece.form;
  fill(find("verse-language"), [["auto", say("auto")], ...known.languages.map((code) => [code, languageName(code)])], now.piece.language);
}

export function startWords() {
  sheet = new Sheet({ onText: (typed) => { change({ text: typed, locked_lines: moved(now.piece.locked_lines, now.piece.text, typed) }); tellLine(); scan(); }, onCaret: tellLine, onLock: lock });
  startBegin();
  sheet.field.addEventListener("keydown", keys);
  find("suggestions").addEventListener("keydown", walk);
  for (const id of Object.keys(acts)) find(id).addEventListener("click", () => act(id));
  find("line-lock").addEventListener("click", () => lock());
  find("again").addEventListener("click", () => trying("text-error", again));
  find("form").addEventListener("change", () => change({ form: find("form").value }, "form"));
  find("verse-language").addEventListener("change", () => change({ language: find("verse-language").value }, "form"));
  document.addEventListener("offers", ({ detail }) => { known = detail; fillForms(); });
  document.addEventListener("spoken", () => { fillForms(); tellLine(); summary(); });
  document.addEventListener("desk", ({ detail }) => { if (detail === "words") sheet.fit(); });
  onPiece((before) => {
    const { piece } = now;
    sheet.locked = new Set(piece.locked_lines);
    sheet.set(piece.text);
    sheet.place();
    find("form").value = piece.form;
    find("verse-language").value = piece.language;
    if (before.work !== now.work) { find("versions").replaceChildren(); find("suggestions").replaceChildren(); }
    if (before.work !== now.work || before.piece?.text !== piece.text || before.piece?.form !== piece.form || before.piece?.language !== piece.language) scan();
    find("again").disabled = !piece.text.trim();
    tellLine();
  });
}
