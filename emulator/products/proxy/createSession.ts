import type { Context } from "../../kernel/context.ts";
import { findParentSid, readInput, readParameters, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid } from "../../kernel/errors.ts";
import { first } from "../../kernel/form.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../kernel/request.ts";
import { participant, session, type Session } from "./kinds.ts";
import { participantResource } from "./participant.ts";
import { sessionResource } from "./session.ts";

/** Answers a create: with its participants, when they are given. */
export function createSession(request: RequestContext): Reply {
  const { context } = request;
  const input = readInput(request, sessionResource, "create");
  const created = context.of(session).create(findParentSid(request, sessionResource), input);
  for (const given of Array.isArray(input["Participants"]) ? (input["Participants"] as unknown[]) : []) {
    const parsed = parseJson(String(given), "Participants");
    if (!isJsonObject(parsed)) throw invalid("Participants must be JSON objects");
    addParticipant(context, created, parsed);
  }
  return { status: 201, body: render(created, sessionResource, request) };
}

function addParticipant(context: Context, { sid }: Document<Session>, given: JsonObject): void {
  const form = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(given)) {
    const known = Object.keys(participantResource.parameters).find(
      (parameter) => parameter.toLowerCase() === name.toLowerCase(),
    );
    if (known !== undefined && typeof value === "string") form.set(known, [value]);
  }
  if (first(form, "Identifier") === undefined) throw invalid("Participants: Identifier is missing");
  context.of(participant).create(sid, readParameters(form, participantResource, "create"));
}
