/** Runs beside the page, in the audio thread: hands on what the microphone delivers, one channel, every 20 ms. */
class Capture extends AudioWorkletProcessor {
  #block = new Float32Array(Math.ceil(sampleRate / 50));
  #filled = 0;

  /** @param {Float32Array[][]} inputs one input; without channels while the microphone is muted */
  process([channels]) {
    const length = channels[0]?.length ?? 128;
    for (let t = 0; t < length; t++) {
      let sum = 0;
      for (const channel of channels) sum += channel[t];
      this.#block[this.#filled++] = sum / Math.max(1, channels.length);
      if (this.#filled === this.#block.length) this.#handOn();
    }
    return true;
  }

  #handOn() {
    const block = this.#block;
    this.#block = new Float32Array(block.length);
    this.#filled = 0;
    this.port.postMessage(block, [block.buffer]);
  }
}

registerProcessor("capture", Capture);
