import * as z from "zod";
import { invalid } from "../kernel/errors.ts";
import type { Masking } from "../kernel/masking.ts";
import { type OwnEndpoint, readLimit } from "../kernel/ownEndpoints.ts";
import type { Sink, SunkRequest } from "./sink.ts";

const change = z.union([
  z.strictObject({ open: z.boolean() }),
  z.strictObject({ forward: z.url({ protocol: /^https?$/ }).nullable() }),
]);

/**
 * `GET /_emulator/sink?limit=`: the port, who has it, and the last requests that the sink got, oldest first. `POST` with
 * `{"open": false}` gives the port up to a program of your own, with true takes it again; with `{"forward": "http://…"}` it passes
 * on what it gets to a program elsewhere, and its answer back, until `{"forward": null}`. `DELETE` forgets the requests.
 */
export function sinkEndpoints(sink: Sink | undefined, masking: Masking): OwnEndpoint[] {
  const told = (): object => ({
    port: sink?.port ?? null,
    state: sink?.state ?? "none",
    forward: sink?.forwardTo === undefined ? null : masking.text(sink.forwardTo.href),
  });
  return [
    {
      method: "GET",
      path: "/sink",
      handle({ query }) {
        const limit = readLimit(query["limit"], 200);
        return {
          ...told(),
          requests: (sink?.requests ?? []).slice(-limit).map((request) => describe(request, masking)),
        };
      },
    },
    {
      method: "POST",
      path: "/sink",
      async handle({ body }) {
        const parsed = change.safeParse(body);
        if (!parsed.success)
          throw invalid(
            'Send {"open": true} or {"open": false}, {"forward": "http://…"} or {"forward": null}',
          );
        if (sink === undefined) throw invalid("This local Twilio was started without a sink");
        const { data } = parsed;
        if ("open" in data) await (data.open ? sink.open() : sink.close());
        else sink.forwardTo = forwardTo(data.forward, sink);
        return told();
      },
    },
    { method: "DELETE", path: "/sink", handle: () => sink?.forget() },
  ];
}

/** Where the sink is to pass requests on to. @throws TwilioError where that is itself */
function forwardTo(address: string | null, sink: Sink): URL | undefined {
  if (address === null) return undefined;
  const url = new URL(address);
  if (sink.isOwn(url)) throw invalid(`${address} is the sink itself; name the port of your program`);
  return url;
}

function describe(request: SunkRequest, masking: Masking): object {
  const { id, time, method, path, contentType, body, length, isSigned, answer, forwardedTo } = request;
  const [place = "", query] = path.split(/\?(.*)/s);
  return {
    id,
    time: new Date(time).toISOString(),
    method,
    path: `${masking.text(place)}${query === undefined ? "" : `?${masking.form(query)}`}`,
    content_type: contentType,
    body: masking.body(body, contentType),
    length,
    signed: isSigned,
    answer: { status: answer.status, content_type: answer.contentType, body: masking.text(answer.body) },
    forwarded_to: forwardedTo === undefined ? null : masking.text(forwardedTo),
  };
}
