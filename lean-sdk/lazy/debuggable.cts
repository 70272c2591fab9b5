const { lazily, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  realOf(name: string): object;
};

interface Debuggable {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

let known: Debuggable | undefined;
const real = (): Debuggable => (known ??= realOf("debuggable") as Debuggable);

/**
 * Stands in for Pulumi's `runtime/debuggable`, which notes with each promise the stack that it was made on, as text:
 * PULUMI_DEBUG_PROMISE_LEAKS prints it, and whoever sets that is not previewed here.
 */
module.exports = lazily(real, {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown> {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return real().debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  },
});
