/** Why nothing is heard; the page has a sentence and a next step for each. */
export type MicrophoneFault = "denied" | "missing" | "busy" | "stopped" | "unsupported";

/** The microphone cannot be used. */
export class MicrophoneError extends Error {
  constructor(readonly fault: MicrophoneFault) {
    super(`microphone: ${fault}`);
  }
}

export interface MicrophoneEvents {
  /** So many samples of one channel, in [−1, 1], about 20 ms; they belong to whoever gets them. */
  onSamples(samples: Float32Array<ArrayBuffer>): void;
  /** It was unplugged, or is no longer allowed. Nothing follows. */
  onStopped(): void;
  /** The browser holds the sound back until somebody touches the page, or lets it flow again. */
  onHeldBack(heldBack: boolean): void;
}

/** A microphone that is on. */
export interface Microphone {
  /** Samples a second in which they arrive. */
  readonly rate: number;
  /** Asks the browser to let the sound flow; to be called when the page is touched. */
  resume(): void;
  /** Switches it off. */
  close(): void;
}

/**
 * Switches the microphone on. The samples come at its own rate where the browser tells and allows it, else at that of
 * the loudspeakers; nothing is done to them that training did not know, but for the level.
 *
 * @throws MicrophoneError
 */
export async function openMicrophone(events: MicrophoneEvents): Promise<Microphone> {
  const stream = await openStream();
  try {
    return await listen(stream, events);
  } catch {
    stop(stream);
    throw new MicrophoneError("unsupported");
  }
}

/** Media Capture and Streams, W3C, §10.2: the names of getUserMedia's errors. */
async function openStream(): Promise<MediaStream> {
  // Without https there is no mediaDevices at all; then it is as if there were no microphone.
  if (navigator.mediaDevices === undefined) throw new MicrophoneError("missing");
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
    });
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "SecurityError") throw new MicrophoneError("denied");
    throw new MicrophoneError(
      name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy",
    );
  }
}

async function listen(stream: MediaStream, events: MicrophoneEvents): Promise<Microphone> {
  const [track] = stream.getAudioTracks();
  const context = openContext(track?.getSettings().sampleRate);
  try {
    await context.audioWorklet.addModule(new URL("./capture.worklet.mjs", import.meta.url));
    const capture = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0 });
    capture.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => events.onSamples(data);
    context.createMediaStreamSource(stream).connect(capture);
    const close = () => {
      capture.port.onmessage = null;
      context.onstatechange = null;
      stop(stream);
      void context.close();
    };
    // Our own stop() raises no such event.
    if (track !== undefined) {
      track.onended = () => {
        close();
        events.onStopped();
      };
    }
    // "suspended" before the first touch, "interrupted" by a call or when a notebook is closed.
    const tell = () => events.onHeldBack(context.state !== "running");
    context.onstatechange = tell;
    tell();
    const resume = () => void context.resume().catch(() => undefined); // the state tells
    resume();
    return { rate: context.sampleRate, resume, close };
  } catch (error) {
    void context.close();
    throw error;
  }
}

/** At the microphone's own rate, so that only one resampler is at work, ours; some browsers refuse unusual ones. */
function openContext(sampleRate: number | undefined): AudioContext {
  try {
    return new AudioContext({ sampleRate });
  } catch {
    return new AudioContext();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
