// One player over two sources: the recording inside the page, or the synthesizer.
class Recording {
  constructor(element) {
    this.element = element;
    element.preservesPitch = true;
  }

  get now() { return this.element.currentTime; }

  get playing() { return !this.element.paused && !this.element.ended; }

  play() { return this.element.play(); }

  pause() { this.element.pause(); }

  seek(seconds) { this.element.currentTime = seconds; }

  setSpeed(speed) { this.element.playbackRate = speed; }
}

class Player {
  constructor() {
    this.synth = new Synth();
    const element = document.getElementById("recording");
    const able = element && element.canPlayType('audio/ogg; codecs="vorbis"');
    this.recording = able ? new Recording(element) : null;
    this.source = this.recording || this.synth;
    if (element) element.addEventListener("error", () => { this.recording = null; this.use("synth"); });
  }

  get now() { return Math.min(this.source.now, lasting); }

  get playing() { return this.source.playing; }

  use(name) {
    const was = this.playing;
    const place = this.now;
    this.source.pause();
    this.source = name === "recording" && this.recording ? this.recording : this.synth;
    this.source.seek(place);
    if (was) this.source.play();
  }

  toggle() {
    if (this.playing) this.source.pause();
    else {
      if (this.now >= lasting - 0.05) this.source.seek(0);
      this.source.play();
    }
  }

  seek(seconds) { this.source.seek(Math.min(Math.max(0, seconds), lasting)); }

  setSpeed(speed) {
    this.synth.setSpeed(speed);
    if (this.recording) this.recording.setSpeed(speed);
  }
}

const player = new Player();
