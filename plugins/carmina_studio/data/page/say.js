// The page's own words, in the language of whoever reads it.
import { get } from "./api.js";

let texts = {};
export let language = "en";

export function say(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const languageName = (code) => new Intl.DisplayNames([language], { type: "language", fallback: "code" }).of(code);

export const knows = (key) => key in texts;

export async function speak(code) {
  language = code === "zh" ? "zh" : "en";
  texts = await get(`/texts/${language}.json`);
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.matches("button")) element.title = say(element.dataset.label);
  }
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  const other = document.getElementById("language");
  other.textContent = language === "en" ? "中文" : "English";
  other.lang = language === "en" ? "zh" : "en";
  document.dispatchEvent(new CustomEvent("spoken"));
}

export const preferred = () => localStorage.getItem("language") || ((navigator.language || "").startsWith("zh") ? "zh" : "en");
