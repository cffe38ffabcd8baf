// A small synthesizer for where there is no recording: two oscillators and an envelope a note, noise for drums.
const AHEAD = 0.25; // seconds that are scheduled in advance
const ROUND = 40; // milliseconds between looks

const TIMBRES = {
  sung: { shapes: [["triangle", 1, 0.7], ["sine", 2, 0.25]], attack: 0.05, hold: 0.85, fall: 9, release: 0.12 },
  struck: { shapes: [["triangle", 1, 0.7], ["sine", 2, 0.3], ["sine", 4, 0.06]], attack: 0.004, hold: 0.0, fall: 1.1, release: 0.15 },
  bass: { shapes: [["triangle", 1, 0.9], ["sine", 1, 0.4]], attack: 0.008, hold: 0.35, fall: 0.8, release: 0.08 },
  bowed: { shapes: [["sawtooth", 1, 0.22], ["triangle", 1, 0.3]], attack: 0.09, hold: 0.8, fall: 6, release: 0.2 },
};

function timbreOf(track) {
  if (track.role === "voice") return TIMBRES.sung;
  const family = Math.floor(track.program / 8);
  if (family === 4) return TIMBRES.bass;
  if (family < 4 || family === 13) return TIMBRES.struck;
  return TIMBRES.bowed;
}

class Synth {
  constructor() {
    this.notes = facts.tracks.flatMap((track, part) => track.notes.map(([pitch, onset, length, velocity]) => (
      { part, pitch, velocity, drums: track.role === "drums", timbre: timbreOf(track), at: secondsOf(onset), end: secondsOf(onset + length) })));
    this.notes.sort((a, b) => a.at - b.at);
    this.silent = new Set();
    this.speed = 1;
    this.playing = false;
    this.place = 0;
  }

  get now() {
    return this.playing ? this.place + (this.context.currentTime - this.begun) * this.speed : this.place;
  }

  play() {
    if (!this.context) this.context = new AudioContext();
    this.context.resume();
    this.output = this.context.createGain();
    this.output.gain.value = 0.5;
    const limiter = this.context.createDynamicsCompressor();
    this.output.connect(limiter).connect(this.context.destination);
    this.begun = this.context.currentTime + 0.06;
    this.next = this.notes.findIndex((note) => note.at >= this.place - 0.001);
    if (this.next < 0) this.next = this.notes.length;
    this.playing = true;
    this.timer = setInterval(() => this.schedule(), ROUND);
    this.schedule();
  }

  pause() {
    if (!this.playing) return;
    this.place = Math.max(0, this.now);
    this.playing = false;
    clearInterval(this.timer);
    this.output.gain.setTargetAtTime(0, this.context.currentTime, 0.02);
    const old = this.output;
    setTimeout(() => old.disconnect(), 300);
  }

  seek(seconds) {
    const was = this.playing;
    this.pause();
    this.place = seconds;
    if (was) this.play();
  }

  setSpeed(speed) {
    const was = this.playing;
    this.pause();
    this.speed = speed;
    if (was) this.play();
  }

  schedule() {
    const until = this.now + AHEAD * this.speed;
    while (this.next < this.notes.length && this.notes[this.next].at < until) {
      const note = this.notes[this.next++];
      if (this.silent.has(note.part)) continue;
      const start = this.begun + (note.at - this.place) / this.speed;
      const length = Math.max(0.05, (note.end - note.at) / this.speed);
      if (note.drums) this.strike(note, start);
      else this.sound(note, start, length);
    }
  }

  sound({ pitch, velocity, timbre }, start, length) {
    const { shapes, attack, hold, fall, release } = timbre;
    const loud = 0.22 * (velocity / 127) ** 1.4;
    const envelope = this.context.createGain();
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(loud, start + Math.min(attack, length / 2));
    envelope.gain.setTargetAtTime(loud * hold, start + attack, fall / 3);
    envelope.gain.setTargetAtTime(0, start + length, release / 3);
    envelope.connect(this.output);
    for (const [shape, multiple, share] of shapes) {
      const tone = this.context.createOscillator();
      const level = this.context.createGain();
      tone.type = shape;
      tone.frequency.value = 440 * 2 ** ((pitch - 69) / 12) * multiple;
      level.gain.value = share;
      tone.connect(level).connect(envelope);
      tone.start(start);
      tone.stop(start + length + release * 2);
    }
  }

  strike({ pitch, velocity }, start) {
    const low = pitch < 38;
    const loud = 0.3 * (velocity / 127) ** 1.4;
    const envelope = this.context.createGain();
    envelope.gain.setValueAtTime(loud, start);
    envelope.gain.exponentialRampToValueAtTime(0.0005, start + (low ? 0.2 : pitch < 42 ? 0.15 : 0.06));
    envelope.connect(this.output);
    const source = low ? this.context.createOscillator() : this.context.createBufferSource();
    if (low) {
      source.frequency.setValueAtTime(120, start);
      source.frequency.exponentialRampToValueAtTime(45, start + 0.12);
      source.connect(envelope);
    } else {
      const filter = this.context.createBiquadFilter();
      filter.type = pitch < 42 ? "bandpass" : "highpass";
      filter.frequency.value = pitch < 42 ? 1800 : 6500;
      source.buffer = this.noise();
      source.connect(filter).connect(envelope);
    }
    source.start(start);
    source.stop(start + 0.3);
  }

  noise() {
    if (!this.hiss) {
      this.hiss = this.context.createBuffer(1, this.context.sampleRate * 0.3, this.context.sampleRate);
      const samples = this.hiss.getChannelData(0);
      let state = 1; // a fixed sequence: every hearing is the same
      for (let i = 0; i < samples.length; i++) {
        state = (state * 1103515245 + 12345) % 2147483648;
        samples[i] = state / 1073741824 - 1;
      }
    }
    return this.hiss;
  }
}
