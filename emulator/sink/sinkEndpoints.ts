import * as z from "zod";
import { invalid } from "../kernel/errors.ts";
import type { Masking } from "../kernel/masking.ts";
import { type OwnEndpoint, readLimit } from "../kernel/ownEndpoints.ts";
import type { Sink, SunkRequest } from "./sink.ts";

const change = z.strictObject({ open: z.boolean() });

/**
 * `GET /_emulator/sink?limit=`: the port, who has it, and the last requests that the sink got, oldest first. `POST` with
 * `{"open": false}` gives the port up to a program of your own, with true takes it again. `DELETE` forgets the requests.
 */
export function sinkEndpoints(sink: Sink | undefined, masking: Masking): OwnEndpoint[] {
  const told = (): object => ({ port: sink?.port ?? null, state: sink?.state ?? "none" });
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
        if (!parsed.success) throw invalid('Send {"open": true} or {"open": false}');
        if (sink === undefined) throw invalid("This local Twilio was started without a sink");
        await (parsed.data.open ? sink.open() : sink.close());
        return told();
      },
    },
    { method: "DELETE", path: "/sink", handle: () => sink?.forget() },
  ];
}

function describe(request: SunkRequest, masking: Masking): object {
  const { id, time, method, path, contentType, body, length, isSigned, answer } = request;
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
    answer: { content_type: answer.contentType, body: masking.text(answer.body) },
  };
}
