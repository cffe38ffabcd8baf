// The engraved score: what sounds is lit, the system that is played stays in sight, a click plays from a note.
const score = document.getElementById("score");
const still = matchMedia("(prefers-reduced-motion: reduce)");

const noteMoments = [...score.querySelectorAll(".note[data-ticks]")].flatMap((note) => (
  momentsOf(note.dataset.ticks).map((moment) => ({ ...moment, note, verses: note.querySelectorAll(".verse") }))));

const sungVerse = ({ verses, turn }) => verses[verses.length > 1 ? Math.min(turn, verses.length - 1) : 0];

let shownSystem = null;

const scoreFollower = new Follower(noteMoments, (moment) => {
  moment.note.classList.add("on");
  const verse = sungVerse(moment);
  if (verse) verse.classList.add("on");
  const system = moment.note.closest(".system");
  if (system && system !== shownSystem) {
    shownSystem = system;
    if (player.playing) keepInSight(system);
  }
}, (moment) => {
  moment.note.classList.remove("on");
  moment.verses.forEach((verse) => verse.classList.remove("on"));
});

function keepInSight(system) {
  const box = system.getBoundingClientRect();
  const room = innerHeight - document.getElementById("dock").offsetHeight;
  if (box.top < 0 || box.bottom > room) {
    scrollBy({ top: box.top - Math.max(16, (room - box.height) / 3), behavior: still.matches ? "auto" : "smooth" });
  }
  const note = system.querySelector(".note.on");
  if (note && score.scrollWidth > score.clientWidth) {
    score.scrollTo({ left: note.getBoundingClientRect().left - score.getBoundingClientRect().left + score.scrollLeft - 80 });
  }
}

// The pass that is nearest to where the player is, so that a click in a repeat stays in its verse.
function seekNearest(moments) {
  const here = ticksOf(player.now);
  const nearest = moments.reduce((a, b) => (Math.abs(b.onset - here) < Math.abs(a.onset - here) ? b : a));
  player.seek(secondsOf(nearest.onset));
}

score.addEventListener("click", (event) => {
  const note = event.target.closest(".note[data-ticks]");
  if (note) seekNearest(momentsOf(note.dataset.ticks));
});
