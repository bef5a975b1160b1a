import type { Manifest } from "../../engine/release/manifest.ts";
import { WrongAnswers } from "./classifier.ts";
import { type DeviceChoice, findDevices } from "./devices.ts";
import { keepRelease } from "./kept-release.ts";
import { Pause } from "./pause.ts";
import { InsecureContext, modelProblem, OldBrowser } from "./problems.ts";
import type { DeviceSwitches, Fallback, ModelState } from "./protocol.ts";
import { downloadRelease, type ReleaseBytes } from "./release-download.ts";
import { forgiving, modelStore, type Refusal, readOnly } from "./store.ts";
import { hasWasmSimd } from "./wasm-simd.ts";

/** A release on its way to this browser: downloaded, checked and started on the best device that gets it right. */
export interface Model<Classifier> {
  /** The classifier as soon as it is there. Rejects for good where no device can run it. */
  classifier(): Promise<Classifier>;
  /** Goes over to the processor, if the graphics card is at work, because that failed in use. */
  abandonGpu(): void;
  pause(): void;
  resume(): void;
}

/** Starts a release of one kind of input on a device; throws WrongAnswers where the golden answers differ. */
export type StartRelease<Classifier, Kind extends Manifest> = (
  manifest: Kind,
  bytes: ReleaseBytes,
  choice: DeviceChoice,
  onLost: () => void,
) => Promise<Classifier>;

/** Starts loading a release; `report` hears of every change of its state. */
export function openModel<Classifier, Kind extends Manifest>(
  manifest: Kind,
  switches: DeviceSwitches,
  report: (state: ModelState) => void,
  start: StartRelease<Classifier, Kind>,
): Model<Classifier> {
  const pause = new Pause();
  let unkept: Refusal | undefined;
  const kept = forgiving(modelStore(), (why) => {
    unkept = why;
  });
  const store = switches.passing ? readOnly(kept) : kept;
  let devices: readonly DeviceChoice[] | undefined;
  let fallback: Fallback | undefined;
  let gpuAtWork = false;
  let classifier = open();

  async function open(): Promise<Classifier> {
    try {
      if (!isSecureContext) throw new InsecureContext();
      if (!hasWasmSimd()) throw new OldBrowser();
      devices ??= await findDevices(switches);
      return await openBest(devices);
    } catch (error) {
      report({ phase: "failed", problem: modelProblem(error) });
      throw error;
    }
  }

  async function openBest([choice, ...others]: readonly DeviceChoice[]): Promise<Classifier> {
    const bytes = await downloadRelease(manifest, choice!.device, { store, pause, report });
    report({ phase: "preparing" });
    try {
      const opened = await start(manifest, bytes, choice!, abandonGpu);
      gpuAtWork = choice!.device === "webgpu";
      const size = [...bytes.values()].reduce((sum, { length }) => sum + length, 0);
      report({ phase: "ready", ...choice!, bytes: size, fallback, unkept });
      void keepRelease(store, manifest);
      return opened;
    } catch (error) {
      if (others.length === 0) throw error;
      console.warn(error instanceof Error ? error.message : error);
      fallback = error instanceof WrongAnswers ? "wrong" : "failed";
      return openBest(others);
    }
  }

  function abandonGpu(): void {
    if (!gpuAtWork) return;
    gpuAtWork = false;
    fallback = "lost";
    devices = devices?.filter(({ device }) => device !== "webgpu");
    classifier = open();
    classifier.catch(() => undefined); // whoever asks for it hears of it, and the report says so
  }

  classifier.catch(() => undefined);
  return {
    classifier: () => classifier,
    abandonGpu,
    pause: () => pause.pause(),
    resume: () => pause.resume(),
  };
}
