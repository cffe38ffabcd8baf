// Notes as sound: samples of the soundfont that the studio serves; until they are there, an oscillator, at once.
import { bytes } from "./api.js";

const AHEAD = 0.25; // seconds that are scheduled in advance
const ROUND = 40; // milliseconds between looks
const SLOT = 4; // seconds of one sample in a sprite
const STEP = 3; // semitones between samples
const MOST = 40; // samples of a part
const DRUMS = 128;
const STRUCK = [0, 1, 13]; // families of programs that die away by themselves
export const LEVELS = { voice: 0.85, drums: 0.5, bass: 0.6 };
const OTHER = 0.45;

export const programOf = (track) => (track.role === "drums" ? DRUMS : track.program);

function pitchesOf(tracks) {
  const own = tracks.flatMap((track) => track.notes.map((note) => note[0]));
  if (!own.length) return [];
  if (tracks[0].role === "drums") return [...new Set(own)].sort((a, b) => a - b).slice(0, MOST);
  const low = Math.floor(Math.min(...own) / STEP) * STEP;
  const found = [];
  for (let pitch = low; pitch < Math.max(...own) + STEP && found.length < MOST; pitch += STEP) found.push(Math.min(pitch, 127));
  return [...new Set(found)];
}

export class Sound {
  constructor() {
    this.sprites = new Map(); // program -> {pitches, buffer}
    this.asked = new Map();
    this.gains = [];
    this.playing = false;
    this.place = 0;
    this.silent = new Set();
    this.alone = new Set();
  }

  get context() {
    this.opened ||= new AudioContext({ latencyHint: "interactive" });
    return this.opened;
  }

  // Samples for every part, the voice first; one after the other, so that the first is there soon.
  async prepare(facts) {
    const byProgram = new Map();
    for (const track of facts.tracks) byProgram.set(programOf(track), [...(byProgram.get(programOf(track)) || []), track]);
    for (const [program, tracks] of byProgram) {
      const pitches = pitchesOf(tracks);
      const key = `${program}?pitches=${pitches.join(",")}`;
      if (!pitches.length || this.asked.get(program) === key) continue;
      this.asked.set(program, key);
      try {
        const buffer = await this.context.decodeAudioData(await bytes(`/api/sound/${key}`));
        this.sprites.set(program, { pitches, buffer });
      } catch {
        this.asked.delete(program); // no soundfont here, or no ear for it: the oscillators play on
        return;
      }
    }
  }

  load(facts, clock) {
    const was = this.playing;
    const place = this.now;
    this.pause();
    this.facts = facts;
    this.clock = clock;
    this.end = clock.seconds(facts.end);
    this.notes = facts.tracks.flatMap((track, part) => track.notes.map(([pitch, onset, length, velocity, delay, ring]) => {
      const from = Math.max(0, onset + delay);
      return { part, pitch, velocity, program: programOf(track), at: clock.seconds(from), end: clock.seconds(onset + length + ring) };
    }));
    this.notes.sort((a, b) => a.at - b.at);
    this.place = Math.min(place, this.end);
    if (was) this.play();
  }

  get now() {
    return this.playing ? Math.max(this.place, this.place + this.context.currentTime - this.begun) : this.place;
  }

  level(part) {
    const track = this.facts.tracks[part];
    if (this.silent.has(track.name) || (this.alone.size && !this.alone.has(track.name))) return 0;
    return LEVELS[track.role] ?? OTHER;
  }

  // Parts that were silenced or let sound again while it plays.
  relevel() {
    if (!this.playing) return;
    this.gains.forEach((gain, part) => gain.gain.setTargetAtTime(this.level(part), this.context.currentTime, 0.015));
  }

  play(until = this.end) {
    this.context.resume();
    this.until = until;
    this.output = this.context.createGain();
    const limiter = this.context.createDynamicsCompressor();
    this.output.gain.value = 0.8;
    this.output.connect(limiter).connect(this.context.destination);
    this.gains = this.facts.tracks.map((_, part) => {
      const gain = this.context.createGain();
      gain.gain.value = this.level(part);
      gain.connect(this.output);
      return gain;
    });
    this.begun = this.context.currentTime + 0.04;
    this.next = this.notes.findIndex((note) => note.at >= this.place - 0.001);
    if (this.next < 0) this.next = this.notes.length;
    this.playing = true;
    this.timer = setInterval(() => this.schedule(), ROUND);
    this.schedule();
  }

  pause() {
    if (!this.playing) return;
    this.place = Math.min(this.now, this.end);
    this.playing = false;
    clearInterval(this.timer);
    this.output.gain.setTargetAtTime(0, this.context.currentTime, 0.02);
    const old = this.output;
    setTimeout(() => old.disconnect(), 300);
  }

  seek(seconds, until) {
    const was = this.playing;
    this.pause();
    this.place = Math.min(Math.max(0, seconds), this.end);
    if (was) this.play(until ?? this.until);
  }

  schedule() {
    const ahead = this.now + AHEAD;
    while (this.next < this.notes.length && this.notes[this.next].at < ahead && this.notes[this.next].at < this.until - 0.01) {
      const note = this.notes[this.next++];
      this.sound(note, this.begun + note.at - this.place, Math.max(0.06, Math.min(note.end, this.until + 0.3) - note.at), this.gains[note.part]);
    }
  }

  // One note now, as it is dragged.
  touch(pitch, track) {
    const gain = this.context.createGain();
    this.context.resume();
    gain.gain.value = 0.6;
    gain.connect(this.context.destination);
    this.sound({ pitch, velocity: 90, program: programOf(track) }, this.context.currentTime, 0.35, gain);
  }

  sound(note, start, length, output) {
    const sprite = this.sprites.get(note.program);
    const envelope = this.context.createGain();
    const loud = (note.velocity / 100) ** 1.5;
    envelope.connect(output);
    if (sprite) this.sample(sprite, note, start, length, envelope, loud);
    else this.tone(note, start, length, envelope, loud * 0.3);
  }

  sample({ pitches, buffer }, note, start, length, envelope, loud) {
    const drums = note.program === DRUMS;
    const at = pitches.reduce((best, pitch, i) => (Math.abs(pitch - note.pitch) < Math.abs(pitches[best] - note.pitch) ? i : best), 0);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = drums ? 1 : 2 ** ((note.pitch - pitches[at]) / 12);
    source.connect(envelope);
    const dies = drums || STRUCK.includes(Math.floor(note.program / 8));
    const release = drums ? 0.4 : dies ? 0.18 : 0.1;
    const most = (SLOT - 0.1) / source.playbackRate.value;
    const held = Math.min(drums ? Math.max(length, 0.5) : length, most - release);
    envelope.gain.setValueAtTime(loud, start);
    envelope.gain.setTargetAtTime(0, start + held, release / 3);
    source.start(start, at * SLOT, most);
    source.stop(start + held + release * 2);
  }

  tone(note, start, length, envelope, loud) {
    if (note.program === DRUMS) return;
    const tone = this.context.createOscillator();
    tone.type = "triangle";
    tone.frequency.value = 440 * 2 ** ((note.pitch - 69) / 12);
    envelope.gain.setValueAtTime(0, start);
    envelope.gain.linearRampToValueAtTime(loud, start + 0.02);
    envelope.gain.setTargetAtTime(0, start + length, 0.05);
    tone.connect(envelope);
    tone.start(start);
    tone.stop(start + length + 0.3);
  }
}
