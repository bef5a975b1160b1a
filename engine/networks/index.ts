import { NacreError } from "../errors.ts";
import { mobilenetV2 } from "./mobilenet.ts";
import type { Network } from "./network.ts";
import { resnet18, resnet34, resnet50 } from "./resnet.ts";

/** The networks for pictures that can be named on the command line. */
export const NETWORKS: Readonly<Record<string, (classes: number) => Network>> = {
  resnet18,
  resnet34,
  resnet50,
  mobilenetv2: mobilenetV2,
};

/** The network of that name with a head for so many classes. Throws NacreError("usage") on an unknown name. */
export function networkOf(name: string, classes: number): Network {
  const make = Object.hasOwn(NETWORKS, name) ? NETWORKS[name] : undefined;
  if (make) return make(classes);
  throw new NacreError(
    "usage",
    `There is no network "${name}". Choose one of ${Object.keys(NETWORKS).join(", ")}.`,
  );
}
