const { places } = require("./lazily.cts") as { places: ReadonlyMap<string, string> };

interface Debuggable {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

const real = require(places.get("debuggable") ?? "") as Debuggable;

/**
 * Stands in for Pulumi's `runtime/debuggable`, which notes with each promise the stack that it was made on, as text: PULUMI_DEBUG_PROMISE_LEAKS
 * prints it, and whoever sets that is not previewed here.
 */
module.exports = {
  __esModule: true,
  ...real,
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown> {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return real.debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  },
};
