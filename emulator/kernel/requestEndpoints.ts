import { curlOf, type ReplayPlace } from "./curl.ts";
import { invalid, notFound } from "./errors.ts";
import { hidden, type Masking } from "./masking.ts";
import { type OwnEndpoint, readLimit } from "./ownEndpoints.ts";
import type { KeptBodies, LoggedRequest, RequestFilter, RequestLog } from "./requestLog.ts";

export interface RequestEndpointParts {
  readonly log: RequestLog;
  readonly masking: Masking;
  /** Where requests are sent again. */
  readonly place: () => ReplayPlace;
}

/** The endpoints that tell of requests. */
export function requestEndpoints({ log, masking, place }: RequestEndpointParts): OwnEndpoint[] {
  return [
    {
      method: "GET",
      path: "/requests",
      handle({ query }) {
        const { requests, ...counts } = log.report(readCount(query["limit"]), readFilter(query));
        return { ...counts, requests: requests.map((request) => maskedRequest(request, masking)) };
      },
    },
    {
      method: "GET",
      path: "/requests/:id",
      handle({ parameters: { id = "" } }) {
        const found = /^[1-9]\d{0,14}$/.test(id) ? log.one(Number(id)) : undefined;
        if (found === undefined) throw notFound(`/_emulator/requests/${id}`);
        const { request, bodies } = found;
        return {
          ...maskedRequest(request, masking),
          content_type: bodies?.contentType ?? null,
          request: bodies === undefined ? null : shown(masking, bodies, "request"),
          answer: bodies === undefined ? null : shown(masking, bodies, "answer"),
          ...replay(request, bodies, { masking, place: place() }),
        };
      },
    },
    { method: "DELETE", path: "/requests", handle: () => log.clear() },
  ];
}

/** A request as others may read it. */
export function maskedRequest(request: LoggedRequest, masking: Masking): LoggedRequest {
  return { ...request, path: masking.text(request.path), query: masking.form(request.query) };
}

/** A body: as much as is kept of it, and how many characters it had. */
function shown(masking: Masking, bodies: KeptBodies, which: "request" | "answer"): object {
  const [text, length] =
    which === "request"
      ? [masking.body(bodies.request, bodies.contentType), bodies.requestLength]
      : [masking.json(bodies.answer), bodies.answerLength];
  return { text, length, is_cut: bodies[which].length < length };
}

/** The command that sends it again, and what is to be known of it. */
function replay(
  request: LoggedRequest,
  bodies: KeptBodies | undefined,
  { masking, place }: { masking: Masking; place: ReplayPlace },
): { curl: string | null; curl_note: string | null } {
  const none = (why: string): { curl: null; curl_note: string } => ({ curl: null, curl_note: why });
  if (bodies === undefined) return none("Its body is not kept.");
  const { contentType } = bodies;
  if (bodies.request.length < bodies.requestLength) return none("Its body is longer than what is kept.");
  const { path, query } = maskedRequest(request, masking);
  const body = masking.body(bodies.request, contentType);
  const curl = curlOf({ ...request, path, query, contentType, body }, place);
  if (curl === undefined) return none("Its body has a NUL in it, which no command line can hold.");
  const isMasked = body !== bodies.request || query !== request.query || path !== request.path;
  return { curl, curl_note: isMasked ? `${hidden} stands where a credential was: put it in.` : null };
}

/** How many requests are shown, undefined for all; none is for whoever wants the counts only. */
function readCount(given: string | undefined): number | undefined {
  return given === "0" ? 0 : given === undefined ? undefined : readLimit(given, 1);
}

function readFilter(query: Readonly<Record<string, string>>): RequestFilter {
  const text = (name: string): string | undefined => (query[name] === "" ? undefined : query[name]);
  const status = text("status");
  if (status !== undefined && !/^(?:0|[1-5](?:xx|\d\d))$/.test(status))
    throw invalid("status must be a status, such as 404, or a class of them, such as 4xx");
  const by = text("by");
  if (by !== undefined && by !== "page" && by !== "programs") throw invalid("by must be page or programs");
  const before = text("before");
  if (before !== undefined && !/^\d{1,15}$/.test(before)) throw invalid("before must be the id of a request");
  return {
    method: text("method")?.toUpperCase(),
    byPage: by === undefined ? undefined : by === "page",
    host: text("host"),
    path: text("path"),
    status: status === undefined ? undefined : Number(status.replace("xx", "")),
    operation: text("operation"),
    before: before === undefined ? undefined : Number(before),
  };
}
