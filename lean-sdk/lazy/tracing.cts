const { createRequire } = require("node:module") as typeof import("node:module");
const { lazily, places, realOf } = require("./lazily.cts") as {
  lazily(load: () => object, own: object): object;
  places: ReadonlyMap<string, string>;
  realOf(name: string): object;
};

interface Tracing {
  start(destination: string): void;
  newSpan(name: string): unknown;
}

/** Of OpenTelemetry, which the SDK has loaded by then. */
interface Api {
  readonly trace: { wrapSpanContext(context: unknown): unknown };
  readonly INVALID_SPAN_CONTEXT: unknown;
}

const tracing = (): Tracing => realOf("tracing") as Tracing;
let started = false;

/** What OpenTelemetry itself gives where nobody listens. */
function unheard(): unknown {
  const { trace, INVALID_SPAN_CONTEXT } = createRequire(places.get("tracing") ?? __filename)(
    "@opentelemetry/api",
  ) as Api;
  return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
}

/** Stands in for how a program tells where its time goes: it is heard with `--tracing` or OpenTelemetry only. */
module.exports = lazily(tracing, {
  start(destination: string): void {
    started = true;
    tracing().start(destination);
  },
  newSpan: (name: string): unknown =>
    started || process.env["TRACEPARENT"] ? tracing().newSpan(name) : unheard(),
});
