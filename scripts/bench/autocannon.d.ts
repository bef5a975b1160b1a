/** What we use of autocannon, which brings no types. */
declare module "autocannon" {
  interface Options {
    readonly url: string;
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly connections: number;
    /** In s. */
    readonly duration: number;
    /** In s. */
    readonly timeout: number;
  }

  interface Result {
    /** Requests that came to nothing, timeouts included. */
    readonly errors: number;
    /** In s. */
    readonly duration: number;
  }

  interface Run extends Promise<Result> {
    on(
      event: "response",
      listener: (client: unknown, status: number, bytes: number, ms: number) => void,
    ): void;
  }

  export default function autocannon(options: Options): Run;
}
