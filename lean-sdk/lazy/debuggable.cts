const { lazily } = require("./lazily.cts") as { lazily(name: string, own?: object): object };

interface Debuggable {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

const real = lazily("debuggable") as Debuggable;

/**
 * Stands in for Pulumi's `runtime/debuggable`, which notes with each promise the stack that it was made on, as text:
 * PULUMI_DEBUG_PROMISE_LEAKS prints it, and whoever sets that is not previewed here.
 */
module.exports = lazily("debuggable", {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown> {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return real.debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  },
});
