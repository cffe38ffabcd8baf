// The piano roll: time to the right, pitch upwards, the words on the notes of the voice.
const roll = document.getElementById("roll");
const frame = document.getElementById("roll-frame");
const PIXELS_A_QUARTER = 56;
const pitches = facts.tracks.filter((track) => track.role !== "drums").flatMap((track) => track.notes.map((note) => note[0]));
const lowest = Math.min(60, ...pitches) - 2;
const highest = Math.max(lowest + 14, ...pitches) + 5;

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

let palette = {};

function readPalette() {
  palette = Object.fromEntries(["--ink", "--soft", "--line", "--voice", "--other", "--accent", "--card"].map((name) => [name, colour(name)]));
}

class Roll {
  constructor() {
    this.pen = roll.getContext("2d");
    new ResizeObserver(() => this.fit()).observe(frame);
    roll.addEventListener("click", (event) => player.seek(secondsOf(this.tickAt(event.offsetX))));
  }

  fit() {
    this.ratio = devicePixelRatio || 1;
    this.width = frame.clientWidth;
    this.height = frame.clientHeight;
    roll.width = this.width * this.ratio;
    roll.height = this.height * this.ratio;
    readPalette();
    this.drawn = null;
  }

  get playhead() { return Math.min(180, this.width / 4); }

  tickAt(x) { return Math.max(0, this.now + (x - this.playhead) / PIXELS_A_QUARTER * facts.quarter); }

  x(tick) { return this.playhead + (tick - this.now) / facts.quarter * PIXELS_A_QUARTER; }

  y(pitch) { return this.height - (pitch - lowest) / (highest - lowest) * this.height; }

  draw(tick) {
    if (frame.hidden || !this.width || this.drawn === tick) return;
    this.drawn = this.now = tick;
    this.pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.pen.clearRect(0, 0, this.width, this.height);
    this.drawBars();
    facts.tracks.forEach((track) => { if (track.role !== "voice" && track.role !== "drums") this.drawTrack(track, false); });
    facts.tracks.forEach((track) => { if (track.role === "voice") this.drawTrack(track, true); });
    this.pen.fillStyle = palette["--accent"];
    this.pen.fillRect(this.playhead - 1, 0, 2, this.height);
  }

  drawBars() {
    this.pen.fillStyle = palette["--line"];
    facts.bars.forEach((bar) => {
      const x = this.x(bar);
      if (x > -1 && x < this.width) this.pen.fillRect(x, 0, 1, this.height);
    });
    this.pen.fillStyle = palette["--soft"];
    this.pen.font = "600 11px system-ui, sans-serif";
    facts.sections.forEach(([onset, , label]) => {
      const x = this.x(onset);
      if (x > -300 && x < this.width) this.pen.fillText(label, x + 5, 13);
    });
  }

  drawTrack(track, sung) {
    const high = Math.max(sung ? 6 : 3, this.height / (highest - lowest) - 1);
    for (const [pitch, onset, length, , text] of track.notes) {
      const left = this.x(onset);
      if (left > this.width) break;
      const wide = length / facts.quarter * PIXELS_A_QUARTER;
      if (left + wide < -200) continue;
      const sounding = onset <= this.now && this.now < onset + length;
      this.pen.globalAlpha = sung ? (sounding ? 1 : 0.72) : sounding ? 0.85 : 0.4;
      this.pen.fillStyle = palette[sung ? "--voice" : "--other"];
      const top = this.y(pitch) - high / 2;
      this.pen.beginPath();
      this.pen.roundRect(left + 0.5, top, Math.max(2, wide - 1.5), high, Math.min(3, high / 2));
      this.pen.fill();
      this.pen.globalAlpha = 1;
      if (sung && text && text !== "_") this.say(text, left + 1, top - 4, sounding);
    }
  }

  say(text, x, y, sounding) {
    this.pen.font = `${sounding ? 700 : 400} 13px Georgia, "Songti SC", "Noto Serif CJK SC", SimSun, serif`;
    this.pen.fillStyle = palette[sounding ? "--accent" : "--ink"];
    this.pen.strokeStyle = palette["--card"]; // a halo keeps the words legible over other parts
    this.pen.lineWidth = 4;
    this.pen.lineJoin = "round";
    this.pen.strokeText(text, x, Math.max(24, y));
    this.pen.fillText(text, x, Math.max(24, y));
  }
}

const pianoRoll = new Roll();
