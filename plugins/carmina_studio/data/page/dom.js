// Small things that every part of the page does with elements. Text is always text: nothing here reads markup.
import { Refusal, work } from "./api.js";
import { say } from "./say.js";

export const find = (id) => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function fill(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, text]) => make("option", { value, textContent: text })));
  select.value = chosen ?? "";
}

// One line beside the field that it is about, else in the part's own place.
export function told(fault, place, fields = {}) {
  const slot = find(place);
  const field = fields[fault.field];
  clear(place, fields);
  slot.textContent = fault.message;
  slot.hidden = false;
  if (field) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", place);
    field.focus();
  }
}

export function clear(place, fields = {}) {
  find(place).hidden = true;
  for (const field of Object.values(fields)) {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

// Runs something that may be refused; the line stands in its place. Whether it was done.
export async function trying(place, action, fields = {}) {
  clear(place, fields);
  try {
    await action();
    return true;
  } catch (fault) {
    if (fault.name === "AbortError") return false;
    if (!(fault instanceof Refusal)) console.error(fault);
    told(fault, place, fields);
    return false;
  }
}

const SHOWN_AFTER = 350; // milliseconds; what is done sooner shows no progress
let running = 0;

// Long work: says what is being done and how far it is; the button, or Escape, ends it.
export async function busy(said, path, body) {
  const control = new AbortController();
  const number = ++running;
  const box = find("working");
  const show = setTimeout(() => {
    find("working-said").textContent = say(said);
    find("working-share").removeAttribute("value");
    box.hidden = false;
  }, SHOWN_AFTER);
  const cancel = () => control.abort();
  find("cancel").addEventListener("click", cancel);
  try {
    return await work(path, body, {
      signal: control.signal,
      progress: (share) => { if (number === running && share > 0) find("working-share").value = share; },
    });
  } finally {
    clearTimeout(show);
    find("cancel").removeEventListener("click", cancel);
    if (number === running) box.hidden = true;
  }
}

export const newSeed = () => crypto.getRandomValues(new Uint32Array(1))[0];

export function later(action, milliseconds) {
  let timer = 0;
  const delayed = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; action(...given); }, milliseconds);
  };
  delayed.now = (...given) => {
    const due = timer !== 0;
    clearTimeout(timer);
    timer = 0;
    return due ? action(...given) : undefined;
  };
  return delayed;
}
