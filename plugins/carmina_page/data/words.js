// The words: the syllable that is sung is lit, a click plays from it.
const words = document.getElementById("words");

const wordFollower = new Follower([...words.querySelectorAll("[data-ticks]")].map((span) => ({ ...momentsOf(span.dataset.ticks)[0], span })),
  ({ span }) => span.classList.add("on"), ({ span }) => span.classList.remove("on"));

words.addEventListener("click", (event) => {
  const span = event.target.closest("[data-ticks]");
  if (span) player.seek(secondsOf(momentsOf(span.dataset.ticks)[0].onset));
});

const sectionButtons = [...document.querySelectorAll("#sections button")];

const sectionFollower = new Follower(facts.sections.map(([onset, end], i) => ({ onset, end, button: sectionButtons[i] })),
  ({ button }) => button.setAttribute("aria-current", "true"), ({ button }) => button.removeAttribute("aria-current"));

sectionButtons.forEach((button) => button.addEventListener("click", () => player.seek(secondsOf(Number(button.dataset.tick)))));
