/** A fault as `GET /_emulator/faults` tells it. */
export interface Fault {
  readonly id: string;
  readonly host?: string;
  readonly method?: string;
  readonly path?: string;
  readonly times?: number;
  readonly probability?: number;
  readonly latency?: number | { readonly min: number; readonly max: number };
  readonly error?: { readonly status: number };
  readonly drop?: string;
  readonly limit?: object;
  readonly hits: number;
}

/** What may happen to a request. */
interface Effect {
  readonly id: string;
  readonly title: string;
  readonly fields: object;
}

export const effects: readonly Effect[] = [
  { id: "503", title: "answered 503, try again", fields: { error: { status: 503, retryAfter: 1 } } },
  {
    id: "429",
    title: "answered 429, too many",
    fields: { error: { status: 429, code: 20429, retryAfter: 1 } },
  },
  { id: "500", title: "answered 500", fields: { error: { status: 500 } } },
  { id: "slow", title: "2 s late", fields: { latency: 2000 } },
  { id: "before", title: "connection lost, not done", fields: { drop: "before" } },
  { id: "after", title: "connection lost, but done", fields: { drop: "after" } },
  { id: "limit", title: "5 at a time, else 429", fields: { limit: { concurrency: 5, retryAfter: 1 } } },
  { id: "rate", title: "10 a second, else 429", fields: { limit: { rate: 10, per: 1, retryAfter: 1 } } },
];

/** The fault that a form describes. */
export function faultOf(form: FormData): object {
  const given = (name: string): string => String(form.get(name) ?? "").trim();
  const fault: Record<string, unknown> = {};
  for (const name of ["host", "method", "path"]) if (given(name) !== "") fault[name] = given(name);
  if (given("times") !== "") fault["times"] = Number(given("times"));
  return { ...fault, ...effects.find(({ id }) => id === given("effect"))?.fields };
}

/** A fault in words: `POST chat /v2/**: answered 503`. */
export function textOf({ host, method, path, probability = 1, latency, error, drop, limit }: Fault): string {
  const where = [method, host, path].filter((part) => part !== undefined).join(" ");
  const effect = [
    latency === undefined
      ? ""
      : typeof latency === "number"
        ? `${latency} ms late`
        : `${latency.min} to ${latency.max} ms late`,
    error === undefined ? "" : `answered ${error.status}`,
    drop === undefined ? "" : drop === "before" ? "connection lost, not done" : "connection lost, but done",
    limit === undefined ? "" : `answered 429 beyond ${JSON.stringify(limit)}`,
    probability === 1 ? "" : `${Math.round(probability * 100)} % of them`,
  ].filter((part) => part !== "");
  return `${where === "" ? "every request" : where}: ${effect.join(", ")}`;
}
