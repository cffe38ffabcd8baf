// Lessons: a step is read, answered, and looked at by what certifies poems and lints songs.
import { work } from "./api.js";
import { busy, clear, find, make, trying } from "./dom.js";
import { now, settled } from "./piece.js";
import { language, say } from "./say.js";

let lessons = [];
let step = null; // as the server tells it

async function list() {
  lessons = await work("/api/do/lessons", {});
  const own = [...lessons].sort((a, b) => (b.language === language) - (a.language === language));
  find("lesson-list").replaceChildren(...own.map((lesson) => {
    const done = lesson.done.length === lesson.steps.length ? "✓" : `${lesson.done.length}/${lesson.steps.length}`;
    const button = make("button", { type: "button", class: "name", lang: lesson.language, title: lesson.about, onclick: () => trying("lesson-error", () => open(lesson.name)) }, make("span", { textContent: lesson.title }), make("span", { class: "status", textContent: done }));
    if (lesson.name === step?.lesson) button.setAttribute("aria-current", "true");
    return make("li", {}, button);
  }));
}

async function open(name, number) {
  step = await work("/api/do/lesson", number ? { name, step: number } : { name });
  clear("lesson-error");
  find("lesson").hidden = false;
  find("lesson").lang = lessons.find((lesson) => lesson.name === name)?.language || language;
  find("lesson-place").textContent = say("step_of", { n: step.step, of: step.of });
  find("lesson-title").textContent = step.title;
  find("lesson-teach").textContent = step.teach;
  find("lesson-example").textContent = step.example;
  find("lesson-example").hidden = !step.example;
  find("lesson-task").textContent = step.task;
  const choosing = step.kind === "choose";
  find("lesson-options").hidden = !choosing;
  find("lesson-options").replaceChildren(...step.options.map((option, at) => make("label", { class: "check" }, make("input", { type: "radio", name: "choice", value: option, id: `choice-${at}` }), make("span", { textContent: option }))));
  find("lesson-answer").value = "";
  find("lesson-answer").hidden = choosing || step.kind === "song";
  document.querySelector("label[for=lesson-answer]").hidden = choosing || step.kind === "song";
  find("lesson-song").hidden = step.kind !== "song";
  find("lesson-hint").hidden = !step.hints.length;
  find("lesson-next").hidden = step.step === step.of;
  find("lesson-next").classList.toggle("primary", step.done);
  find("lesson-said").replaceChildren();
  await list();
}

async function check() {
  const place = { name: step.lesson, step: step.step };
  let found;
  if (step.kind === "song") {
    await settled();
    found = await busy("looking", `/api/works/${now.work}/lesson`, place);
  } else {
    const answer = step.kind === "choose" ? find("lesson-options").querySelector(":checked")?.value || "" : find("lesson-answer").value;
    found = await busy("looking", "/api/do/lesson", { ...place, answer });
  }
  const remarks = found.remarks.map((remark) => make("p", { class: found.right ? "right" : "wrong", textContent: remark }));
  find("lesson-said").replaceChildren(...(found.marks.length ? [make("pre", { class: "marks", textContent: found.marks.join("\n") })] : []), ...remarks);
  find("lesson-next").classList.toggle("primary", found.right);
  if (found.right && step.step < step.of) find("lesson-next").focus();
  await list();
}

const aside = (text) => find("lesson-said").replaceChildren(make("pre", { class: "marks", textContent: text }));

export function startLearning() {
  find("lesson").addEventListener("submit", (event) => { event.preventDefault(); trying("lesson-error", check); });
  find("lesson-hint").addEventListener("click", () => aside(step.hints.join("\n")));
  find("lesson-solution").addEventListener("click", () => aside(step.solution || "–"));
  find("lesson-next").addEventListener("click", () => trying("lesson-error", () => open(step.lesson, step.step + 1)));
  document.addEventListener("desk", ({ detail }) => { if (detail === "learn") trying("lesson-error", list); });
  document.addEventListener("spoken", () => { if (!find("learn-desk").hidden) trying("lesson-error", list); });
}
