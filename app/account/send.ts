/** What went wrong, as account.faults names it. */
export type Fault = "wrongPassword" | "wrongCode" | "wait" | "short" | "long" | "obvious" | "failed";

/** Sends a form as JSON; resolves to undefined where the server did not answer. */
export function send(method: "POST" | "PUT" | "DELETE", address: string, form?: object) {
  return fetch(address, {
    method,
    ...(form && { body: JSON.stringify(form), headers: { "Content-Type": "application/json" } }),
  }).catch(() => undefined);
}

/** What an answer means to a person, where `status` means that what was typed is wrong; undefined where all went well. */
export function faultOf(answer: Response | undefined, wrong: Fault, status = 401): Fault | undefined {
  if (answer?.ok) return undefined;
  return answer?.status === status ? wrong : answer?.status === 429 ? "wait" : "failed";
}
