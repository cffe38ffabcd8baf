// Every step of the piece, the newest first: back to any of them, and nothing is lost by it.
import { find, make, trying } from "./dom.js";
import { hearTake } from "./player.js";
import { now, onPiece, step } from "./piece.js";
import { knows, language, say } from "./say.js";

const MOST_SHOWN = 300;

const when = (at) => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? "" : date.toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { dateStyle: "medium", timeStyle: "short" });
};

function row(take) {
  const said = knows(`said_${take.said}`) ? say(`said_${take.said}`) : take.said;
  const here = take.step === now.current;
  const text = make("span", { textContent: `${said}${take.action === "take" ? ` (${say("offered")})` : ""}` });
  const line = make("div", { class: "take" }, text, make("span", { class: "status", textContent: when(take.at) }));
  if (take.seed !== null && take.seed !== undefined) line.append(make("span", { class: "status", textContent: say("seed", { seed: take.seed }) }));
  line.append(make("button", { type: "button", textContent: say("hear"), onclick: () => trying("text-error", () => hearTake(take.step)) }));
  if (here) line.append(make("span", { class: "status", textContent: say("here") }));
  else line.append(make("button", { type: "button", textContent: say("go_here"), onclick: () => trying("text-error", () => step("go", { step: take.step })) }));
  const item = make("li", { value: take.step }, line);
  if (here) item.setAttribute("aria-current", "true");
  return item;
}

function show() {
  if (find("takes-desk").hidden) return;
  find("take-list").replaceChildren(...[...now.takes].reverse().slice(0, MOST_SHOWN).map(row));
}

export function startTakes() {
  onPiece(show);
  document.addEventListener("desk", show);
  document.addEventListener("spoken", show);
}
