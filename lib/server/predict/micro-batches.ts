/** One that waits to be answered. */
interface Waiting<In, Out> {
  readonly input: In;
  readonly resolve: (output: Out) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Answers together what comes while the one before is being answered, at most `most` at a time and one run at a time.
 * Nothing ever waits for company.
 */
export class MicroBatches<In, Out> {
  readonly #run: (inputs: readonly In[]) => Promise<readonly Out[]>;
  readonly #most: number;
  readonly #waiting: Waiting<In, Out>[] = [];
  #isRunning = false;

  /** @param run answers several inputs, in their order */
  constructor(run: (inputs: readonly In[]) => Promise<readonly Out[]>, most: number) {
    this.#run = run;
    this.#most = most;
  }

  /** Throws whatever `run` throws for the batch that the input was in. */
  answer(input: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ input, resolve, reject });
      if (!this.#isRunning) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isRunning = true;
    // A run may hold the thread; first let in who asks at the same time.
    await new Promise(setImmediate);
    for (let batch = this.#take(); batch.length > 0; batch = this.#take()) {
      try {
        const outputs = await this.#run(batch.map(({ input }) => input));
        for (const [i, { resolve }] of batch.entries()) resolve(outputs[i]!);
      } catch (reason) {
        for (const { reject } of batch) reject(reason);
      }
    }
    this.#isRunning = false;
  }

  #take(): Waiting<In, Out>[] {
    return this.#waiting.splice(0, this.#most);
  }
}
