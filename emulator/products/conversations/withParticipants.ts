import { findParentSid, readInput, readParameters, render } from "../../kernel/crud.ts";
import type { Document } from "../../kernel/document.ts";
import { invalid, TwilioError } from "../../kernel/errors.ts";
import type { Form } from "../../kernel/form.ts";
import { isJsonObject, type JsonObject } from "../../kernel/json.ts";
import { parseJson } from "../../kernel/parameter.ts";
import type { Route } from "../../kernel/product.ts";
import type { Resource } from "../../kernel/resource.ts";
import { createFrom } from "../../kernel/write.ts";
import type { Channel } from "../chat/kinds.ts";
import { conversationView } from "./conversation.ts";
import { inDefaultService } from "./defaultService.ts";
import { participantView } from "./participant.ts";

const maxParticipants = 10;

/** The routes that make a conversation with those who take part in it, all of it or nothing. */
export const withParticipantsRoutes: readonly Route[] = [
  route(conversationView.inService),
  inDefaultService(route(conversationView.byDefault)),
];

function route(form: Resource<Channel>): Route {
  return {
    method: "POST",
    path: form.path.replace("/Conversations", "/ConversationWithParticipants"),
    handle(request) {
      const { context } = request;
      const given = (request.form.get("Participant") ?? []).filter((text) => text !== "");
      if (given.length > maxParticipants)
        throw invalid(`Participant takes at most ${maxParticipants} values, got ${given.length}`);
      const forms = given.map(formOf);
      const made = createFrom(
        context,
        form,
        findParentSid(request, form),
        readInput(request, form, "create"),
      );
      for (const participant of forms) add(participant, made);
      const { links, ...rest } = render(made, form, request) as { links: JsonObject };
      const { export: _export, ...others } = links;
      return { status: 201, body: { ...rest, links: others } };

      function add(participant: Form, { sid }: Document<Channel>): void {
        try {
          const input = readParameters(participant, participantView.inService, "create");
          createFrom(context, participantView.inService, sid, input);
        } catch (error) {
          if (error instanceof TwilioError && error.code === 50416)
            throw new TwilioError(409, 50425, error.message);
          throw error;
        }
      }
    },
  };
}

/** A participant in JSON as a form: `{"messaging_binding": {"proxy_address": …}}` is `MessagingBinding.ProxyAddress`. */
function formOf(text: string): Form {
  const parsed = parseJson(text, "Participant");
  if (!isJsonObject(parsed)) throw invalid("Participant must be a JSON object");
  const form = new Map<string, string[]>();
  const visit = (object: JsonObject, prefix: string): void => {
    for (const [name, value] of Object.entries(object)) {
      const path = prefix + name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      if (isJsonObject(value)) visit(value, `${path}.`);
      else if (value !== null) form.set(path, [typeof value === "string" ? value : JSON.stringify(value)]);
    }
  };
  visit(parsed, "");
  return form;
}
