// Starts the page: the pieces, the three desks, the keys.
import { get, post } from "./api.js";
import { fill, find, make, trying } from "./dom.js";
import { startFiles } from "./files.js";
import { startLearning } from "./learn.js";
import { startMusic } from "./music.js";
import { begin, change, now, onPiece, open, step } from "./piece.js";
import { startPlayer, togglePlay } from "./player.js";
import { language, preferred, say, speak } from "./say.js";
import { startTakes } from "./takes.js";
import { startWords } from "./words.js";

const DESKS = ["words", "music", "learn", "takes"];

export function openDesk(name, focus = false) {
  for (const desk of DESKS) {
    const tab = find(`tab-${desk}`);
    tab.setAttribute("aria-selected", String(desk === name));
    tab.tabIndex = desk === name ? 0 : -1;
    find(`${desk}-desk`).hidden = desk !== name;
  }
  if (focus) find(`tab-${name}`).focus();
  document.dispatchEvent(new CustomEvent("desk", { detail: name }));
}

function startTabs() {
  for (const [at, desk] of DESKS.entries()) {
    find(`tab-${desk}`).addEventListener("click", () => openDesk(desk));
    find(`tab-${desk}`).addEventListener("keydown", (event) => {
      const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (turn) openDesk(DESKS[(at + turn + DESKS.length) % DESKS.length], true);
    });
  }
}

export async function listPieces() {
  const project = await get("/api/project");
  find("project-name").textContent = `${project.name}.carmina`;
  const file = find("project-file");
  file.href = `/api/project/file/${encodeURIComponent(project.name)}.carmina`;
  file.download = `${project.name}.carmina`;
  fill(find("project-list"), project.projects.map((name) => [name, name]), project.name);
  find("piece-list").replaceChildren(...project.works.map(pieceRow));
  return project;
}

function pieceRow({ work, title }) {
  const named = (work === now.work ? now.piece.title : title) || say("untitled");
  const button = make("button", { type: "button", class: "name", textContent: named, onclick: () => trying("about-error", () => open(work)) });
  if (work === now.work) button.setAttribute("aria-current", "true");
  const hide = make("button", { type: "button", class: "icon", textContent: "×", "aria-label": say("hide_piece", { title: named }), title: say("hide") });
  hide.addEventListener("click", () => trying("about-error", async () => {
    await post(`/api/works/${work}/hide`);
    const project = await listPieces();
    if (work === now.work) await (project.works.length ? open(project.works[0].work) : begin());
    await listPieces();
  }));
  return make("li", {}, button, hide);
}

function startTop() {
  find("title").addEventListener("input", () => change({ title: find("title").value }));
  find("undo").addEventListener("click", () => trying("text-error", () => step("undo")));
  find("redo").addEventListener("click", () => trying("text-error", () => step("redo")));
  find("new-piece").addEventListener("click", () => trying("about-error", async () => {
    await begin();
    openDesk("words");
    find("about").focus();
  }));
  find("language").addEventListener("click", () => speak(language === "en" ? "zh" : "en"));
  find("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    document.dispatchEvent(new CustomEvent("recoloured"));
  });
  find("pieces-toggle").addEventListener("click", () => showPieces(document.body.classList.contains("narrow")));
  find("project-list").addEventListener("change", (event) => openProject(event.target.value));
  find("project-form").addEventListener("submit", (event) => {
    event.preventDefault();
    openProject(find("project-new").value);
  });
}

function showPieces(shown) {
  document.body.classList.toggle("narrow", !shown);
  find("pieces-toggle").setAttribute("aria-expanded", String(shown));
}

export async function openProject(name) {
  await trying("project-error", async () => {
    await post("/api/project/open", { name });
    await openFirst();
  });
}

export async function openFirst(work = "") {
  const project = await listPieces();
  const known = project.works.find((one) => one.work === work) || project.works[0];
  await (known ? open(known.work) : begin());
  await listPieces();
}

function startKeys() {
  addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=range]):not([type=checkbox]), select, textarea");
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Escape" && !find("working").hidden) find("cancel").click();
    if (event.key === "Escape" && find("downloads").open) find("downloads").open = false;
    if (control && event.key.toLowerCase() === "z") {
      event.preventDefault();
      find(event.shiftKey ? "redo" : "undo").click();
    } else if (event.key === " " && !typing && !event.target.matches("button, summary, a, [role=tab]")) {
      event.preventDefault();
      togglePlay();
    }
  });
}

onPiece((before) => {
  const { piece } = now;
  if (document.activeElement !== find("title") || before.work !== now.work) find("title").value = piece.title;
  document.title = piece.title ? `${piece.title} — Carmina` : "Carmina Studio";
  find("undo").disabled = !now.undo;
  find("redo").disabled = !now.redo;
  if (before.work !== now.work || before.piece?.title !== piece.title) listPieces().catch(() => {});
});

async function start() {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
  showPieces(innerWidth > 960);
  await speak(preferred());
  startTabs();
  startTop();
  startKeys();
  startPlayer();
  startWords();
  startMusic();
  startTakes();
  startLearning();
  startFiles();
  await openFirst(location.hash.slice(1));
  document.body.dataset.ready = "yes";
  const offers = await get("/api/studio");
  document.dispatchEvent(new CustomEvent("offers", { detail: offers }));
  document.body.dataset.offers = "yes";
  document.addEventListener("spoken", () => listPieces().catch(() => {}));
}

start().catch((fault) => {
  find("about-error").textContent = fault.message;
  find("about-error").hidden = false;
});
