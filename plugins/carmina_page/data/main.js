// Buttons, keys, and the round that keeps everything together.
const find = (id) => document.getElementById(id);
const seek = find("seek");
seek.max = String(lasting);

function showPlaying() {
  find("play").classList.toggle("playing", player.playing);
  find("play").setAttribute("aria-label", player.playing ? find("play").dataset.pause : find("play").dataset.play);
}

let dragging = false;

function show() {
  const now = player.now;
  const tick = ticksOf(now);
  if (player.playing && now >= lasting && player.source === player.synth) player.source.pause();
  showPlaying();
  scoreFollower.at(tick);
  wordFollower.at(tick);
  sectionFollower.at(tick);
  pianoRoll.draw(tick);
  if (!dragging) seek.value = String(now);
  const said = `${clockText(now)} / ${clockText(lasting)}`;
  if (find("time").textContent !== said) {
    find("time").textContent = said;
    seek.setAttribute("aria-valuetext", said);
  }
}

function follow() {
  show();
  requestAnimationFrame(follow);
}

function goBars(step) {
  const here = ticksOf(player.now) + (step < 0 ? -facts.quarter / 2 : 1);
  const before = facts.bars.filter((bar) => bar <= here);
  const index = before.length - 1 + (step > 0 ? 1 : 0);
  player.seek(secondsOf(facts.bars[Math.min(Math.max(0, index), facts.bars.length - 1)]));
}

const keys = {
  " ": () => player.toggle(),
  ArrowRight: () => goBars(1),
  ArrowLeft: () => goBars(-1),
  Home: () => player.seek(0),
  r: () => find("roll-toggle").click(),
};

addEventListener("keydown", (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const typing = event.target.matches("select, input") || (key === " " && event.target.matches("button, a"));
  if (event.ctrlKey || event.metaKey || event.altKey || typing || !keys[key]) return;
  event.preventDefault();
  keys[key]();
});

find("play").addEventListener("click", () => player.toggle());
seek.addEventListener("input", () => { dragging = true; player.seek(Number(seek.value)); });
seek.addEventListener("change", () => { dragging = false; });
find("speed").addEventListener("change", (event) => player.setSpeed(Number(event.target.value)));

if (!player.recording) find("sound").closest("label").remove();
else find("sound").addEventListener("change", (event) => { player.use(event.target.value); showParts(); });

// Parts can be silenced where the page plays the notes itself.
function showParts() {
  find("parts").hidden = player.source !== player.synth || facts.tracks.length < 2;
  find("parts").style.display = find("parts").hidden ? "none" : "";
}

facts.tracks.forEach((track, part) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = track.name;
  button.setAttribute("aria-pressed", "true");
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    player.synth.silent[on ? "delete" : "add"](part);
  });
  find("parts").append(button);
});
showParts();

find("roll-toggle").addEventListener("click", () => {
  frame.hidden = !frame.hidden;
  find("roll-toggle").setAttribute("aria-pressed", String(!frame.hidden));
});

find("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  pianoRoll.fit();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => pianoRoll.fit());

new ResizeObserver(() => document.body.style.setProperty("--dock", `${find("dock").offsetHeight}px`)).observe(find("dock"));
pianoRoll.fit();
requestAnimationFrame(follow);

// song.html#t=12.5 opens at that second, and shows it at once: a tab in the background is drawn no frame.
function openAtFragment() {
  const second = Number(new URLSearchParams(location.hash.slice(1)).get("t"));
  if (second > 0) player.seek(second);
  show();
}
addEventListener("hashchange", openAtFragment);
openAtFragment();
