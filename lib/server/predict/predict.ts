import { NacreError } from "../../../engine/errors.ts";
import { answerRecord, likeliest } from "../../../engine/release/answers.ts";
import type { Manifest } from "../../../engine/release/manifest.ts";
import type { Opinion } from "../../../engine/release/opinion.ts";
import { addressOf, callerOf } from "../callers.ts";
import { isForeign } from "../owners-only.ts";
import { findTask } from "../releases.ts";
import type { Answerer } from "./answerer.ts";
import { withBody } from "./body.ts";
import { type Input, inputsOf } from "./inputs.ts";
import { ALL_ITEMS, IDLE_TIME, WARM_MODELS } from "./limits.ts";
import { loadAnswerer } from "./load-answerer.ts";
import { Places } from "./places.ts";
import { itemsPerMinute, Rate } from "./rate.ts";
import { busy, Refusal, statusOf } from "./refusal.ts";
import { wishes } from "./schema.ts";
import { WarmModels } from "./warm-models.ts";

const models = new WarmModels(loadAnswerer, { most: WARM_MODELS, idleTime: IDLE_TIME });
const places = new Places(ALL_ITEMS);
let rate: Rate | undefined; // the environment is read when somebody asks

/** Answers a program's request to the task: what its inputs are, or in JSON, too, why there is no answer. */
export async function predict(request: Request, task: string): Promise<Response> {
  try {
    return await answer(request, task);
  } catch (error) {
    if (error instanceof Refusal) return jsonAnswer(error.status, { error: error.message }, error.headers);
    console.error(error);
    return jsonAnswer(500, { error: "The server cannot answer; its log says why." });
  }
}

/** Any other method than POST (RFC 9110 §15.5.6). */
export const methodNotAllowed = (): Response =>
  jsonAnswer(405, { error: "Send what is to be answered by POST." }, { Allow: "POST" });

async function answer(request: Request, task: string): Promise<Response> {
  if (isForeign(request)) throw new Refusal(403, "Another site's page may not do this.");
  const count = await counterOf(request);
  await count(1);
  const { top, model } = wishesOf(request);
  const manifest = await servedRelease(task, model);
  const type = request.headers.get("content-type") ?? "";
  const opinions = await withBody(request, async (body) => {
    const inputs = await inputsOf(body, type, manifest.input.kind);
    if (inputs.length > 1) await count(inputs.length - 1);
    return opinionsOn(manifest, inputs);
  });
  const errors = opinions.map((opinion) => opinion.answer).filter((answer) => answer instanceof NacreError);
  if (opinions.length === 1 && errors.length === 1)
    throw new Refusal(statusOf(errors[0]!), errors[0]!.message);
  const answers = opinions.map(({ name, answer }) =>
    answer instanceof NacreError
      ? { file: name, error: answer.message }
      : answerRecord(name, {
          known: answer.known,
          candidates: likeliest(manifest.classes, answer.probabilities, top),
        }),
  );
  return errors.length < opinions.length
    ? jsonAnswer(200, { task, model: manifest.version, answers })
    : jsonAnswer(422, { error: `None of the ${answers.length} inputs can be used.`, answers });
}

/** Counts what whoever sent the request asks for. Throws a Refusal 401 where they show a key that is none. */
async function counterOf(request: Request): Promise<(items: number) => Promise<void>> {
  const caller = await callerOf(request);
  if (caller instanceof Response)
    throw new Refusal(401, (await caller.text()).trim(), {
      "WWW-Authenticate": caller.headers.get("WWW-Authenticate") ?? "Bearer",
    });
  rate ??= new Rate(itemsPerMinute());
  const address = addressOf(request.headers) ?? "";
  return (items) => rate!.count(caller, address, items);
}

function wishesOf(request: Request) {
  const parsed = wishes.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new Refusal(400, `The address may ask for ?top=5&model=light only (${path.join()} ${message}).`);
}

/** The release of a variant that answers at the moment. Throws a Refusal 404 where there is none. */
async function servedRelease(name: string, variant: string): Promise<Manifest> {
  const task = await findTask(name);
  if (task === undefined)
    throw new Refusal(404, `There is no task "${name}". /models lists those there are.`);
  const release = task.releases.find((manifest) => manifest.variant === variant);
  if (release) return release;
  const others = task.releases.map((manifest) => manifest.variant).join(", ");
  throw new Refusal(404, `The task ${name} has no model "${variant}". It has: ${others}.`);
}

/** What the release says of each input, in their order. Throws a Refusal 503 where too many others wait. */
async function opinionsOn(manifest: Manifest, inputs: readonly Input[]): Promise<Opinion[]> {
  if (!places.take(inputs.length)) throw busy();
  try {
    return await models.use(manifest, async (answerer) => {
      const settled = await Promise.allSettled(inputs.map((input) => opinionsOnOne(answerer, input)));
      return settled.flatMap((result) => {
        if (result.status === "fulfilled") return result.value;
        throw result.reason;
      });
    });
  } finally {
    places.giveBack(inputs.length);
  }
}

async function opinionsOnOne(answerer: Answerer, input: Input): Promise<readonly Opinion[]> {
  try {
    return await answerer.answer(input);
  } catch (error) {
    if (error instanceof NacreError && error.code === "input") return [{ name: input.name, answer: error }];
    throw error;
  }
}

const jsonAnswer = (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });
