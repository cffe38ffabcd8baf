// Ticks and seconds of one score, and who is sounding when.
export const QUARTER = 480;

export class Clock {
  constructor(tempi) {
    this.tempi = tempi.map(([tick, pace]) => ({ tick, rate: pace / 60 * QUARTER, at: 0 }));
    this.tempi.forEach((tempo, i) => {
      if (i) tempo.at = this.tempi[i - 1].at + (tempo.tick - this.tempi[i - 1].tick) / this.tempi[i - 1].rate;
    });
  }

  seconds(tick) {
    let tempo = this.tempi[0];
    for (const later of this.tempi) if (later.tick <= tick) tempo = later;
    return tempo.at + (tick - tempo.tick) / tempo.rate;
  }

  ticks(seconds) {
    let tempo = this.tempi[0];
    for (const later of this.tempi) if (later.at <= seconds) tempo = later;
    return tempo.tick + (seconds - tempo.at) * tempo.rate;
  }
}

export function clockText(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// "0-480 3840-4320" -> [{onset, end, turn}]
export function momentsOf(text) {
  return text.split(" ").map((moment, turn) => {
    const [onset, end] = moment.split("-").map(Number);
    return { onset, end, turn };
  });
}

// What is going on at a tick among {onset, end}; told what begins and what ends.
export class Follower {
  constructor(things, begin, finish) {
    this.things = things.sort((a, b) => a.onset - b.onset);
    this.begin = begin;
    this.finish = finish;
    this.active = [];
    this.reset();
  }

  reset() {
    this.active.forEach(this.finish);
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
