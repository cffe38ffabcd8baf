// The engraved score: bars are chosen in it, what sounds is lit, and what is played stays in sight.
import { find, make } from "./dom.js";
import { follow, seekTick, sound } from "./player.js";
import { Follower, momentsOf } from "./time.js";

const SVG = "http://www.w3.org/2000/svg";
const sheet = new CSSStyleSheet();
let follower = null;
let measures = []; // {element, bars: indices as they sound}
let shownSystem = null;

// Markup of the engraver alone: no script, no handler, no address outside itself comes into the page.
function drawn(svg) {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  if (root.localName !== "svg") return null;
  for (const element of root.querySelectorAll("script, foreignObject, style")) element.remove();
  for (const element of [root, ...root.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (/^on/i.test(name) || (/href$/i.test(name) && !value.startsWith("#"))) element.removeAttribute(name);
    }
  }
  return document.importNode(root, true);
}

export function showScore({ svg, style, missing }, facts, choose) {
  const box = find("score");
  const place = box.scrollTop;
  const root = svg && drawn(svg);
  if (!root) {
    box.replaceChildren(make("p", { class: "missing", textContent: missing }));
    follower = null;
    measures = [];
    return;
  }
  sheet.replaceSync(style);
  root.setAttribute("aria-hidden", "true");
  root.removeAttribute("width");
  root.removeAttribute("height");
  box.replaceChildren(root);
  box.scrollTop = place;
  measures = [...root.querySelectorAll("g.measure")].map((element) => ({ element, bars: [] }));
  placeBars(facts);
  const backs = measures.map(({ element }) => backed(element));
  measures.forEach(({ element, bars }, number) => {
    element.prepend(backs[number]);
    element.addEventListener("click", (event) => {
      const note = event.target.closest(".note[data-ticks]");
      choose(bars[0], event.shiftKey);
      if (note && !event.shiftKey) seekTick(momentsOf(note.dataset.ticks)[0].onset);
    });
  });
  const moments = [...root.querySelectorAll(".note[data-ticks]")].flatMap((note) => momentsOf(note.dataset.ticks).map((moment) => ({ ...moment, note, verses: note.querySelectorAll(".verse") })));
  follower = new Follower(moments, begins, ends);
  shownSystem = null;
}

// Which bars, as they sound, each printed one is: told by when its notes sound; one of rests follows the one before.
function placeBars(facts) {
  const at = (tick) => facts.bars.findIndex(([start, end]) => start <= tick && tick < end);
  let last = -1;
  for (const measure of measures) {
    const first = measure.element.querySelector(".note[data-ticks]");
    const found = first ? momentsOf(first.dataset.ticks).map(({ onset }) => at(onset)).filter((bar) => bar >= 0) : [];
    measure.bars = found.length ? found : [Math.min(last + 1, facts.bars.length - 1)];
    last = measure.bars[0];
  }
}

function backed(element) {
  const box = element.getBBox();
  const { y, height } = (element.closest(".system") || element).getBBox(); // all bars of a system are marked alike
  const back = document.createElementNS(SVG, "rect");
  back.setAttribute("class", "bar-back");
  for (const [name, value] of Object.entries({ x: box.x, y: y - 100, width: box.width, height: height + 200, rx: 120 })) back.setAttribute(name, value);
  return back;
}

const sung = ({ verses, turn }) => verses[verses.length > 1 ? Math.min(turn, verses.length - 1) : 0];

function begins(moment) {
  moment.note.classList.add("on");
  sung(moment)?.classList.add("on");
  const system = moment.note.closest(".system");
  if (system && system !== shownSystem && sound.playing) {
    shownSystem = system;
    const box = find("score");
    const from = system.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: Math.max(0, from - 24), behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }
}

function ends(moment) {
  moment.note.classList.remove("on");
  moment.verses.forEach((verse) => verse.classList.remove("on"));
}

export function showChosen(chosen) {
  for (const { element, bars } of measures) element.classList.toggle("chosen", bars.some((bar) => chosen && bar >= chosen[0] && bar <= chosen[1]));
}

export function startScore() {
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  follow((tick) => follower && tick >= 0 && follower.at(tick));
}
