// Ticks and seconds.
const facts = JSON.parse(document.getElementById("facts").textContent);

const tempi = facts.tempi.map(([tick, pace]) => ({ tick, rate: pace / 60 * facts.quarter, at: 0 }));
tempi.forEach((tempo, i) => {
  if (i) tempo.at = tempi[i - 1].at + (tempo.tick - tempi[i - 1].tick) / tempi[i - 1].rate;
});

function secondsOf(tick) {
  let tempo = tempi[0];
  for (const later of tempi) if (later.tick <= tick) tempo = later;
  return tempo.at + (tick - tempo.tick) / tempo.rate;
}

function ticksOf(seconds) {
  let tempo = tempi[0];
  for (const later of tempi) if (later.at <= seconds) tempo = later;
  return tempo.tick + (seconds - tempo.at) * tempo.rate;
}

const lasting = secondsOf(facts.end);

function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// "0-480 3840-4320" -> [{onset, end, turn}]
function momentsOf(text) {
  return text.split(" ").map((moment, turn) => {
    const [onset, end] = moment.split("-").map(Number);
    return { onset, end, turn };
  });
}

// What is going on at a tick among {onset, end} sorted by onset; told what begins and what ends.
class Follower {
  constructor(things, begin, finish) {
    this.things = things.sort((a, b) => a.onset - b.onset);
    this.begin = begin;
    this.finish = finish;
    this.reset();
  }

  reset() {
    (this.active || []).forEach(this.finish);
    this.active = [];
    this.next = 0;
    this.last = -1;
  }

  at(tick) {
    if (tick < this.last) this.reset();
    this.last = tick;
    this.active = this.active.filter((thing) => {
      if (thing.end > tick) return true;
      this.finish(thing);
      return false;
    });
    while (this.next < this.things.length && this.things[this.next].onset <= tick) {
      const thing = this.things[this.next++];
      if (thing.end > tick) {
        this.begin(thing);
        this.active.push(thing);
      }
    }
  }
}
