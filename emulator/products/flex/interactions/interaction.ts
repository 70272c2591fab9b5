import { readInput, render } from "../../../kernel/crud.ts";
import { sid, text } from "../../../kernel/parameter.ts";
import type { Reply, RequestContext } from "../../../kernel/request.ts";
import { resource } from "../../../kernel/resource.ts";
import { interaction } from "./kinds.ts";
import { openInteraction } from "./openInteraction.ts";
import { readChannel, readRouting, withForm } from "./request.ts";
import { renderRouting } from "./tasks.ts";

export const interactionResource = resource(interaction, {
  prefix: "KD",
  path: "/v1/Interactions",
  listKey: "interactions",
  operations: ["fetch", "update"],
  parameters: {
    Channel: text({ on: "create", field: null }),
    Routing: text({ on: "create", field: null }),
    InteractionContextSid: sid("HQ", { on: "create" }),
    WebhookTtid: text(),
  },
  hidden: ["account_sid", "date_created", "date_updated", "task_sid"],
  links: { channels: "/Channels" },
  render: ({ fields }, context) => ({ routing: renderRouting(context, fields.task_sid) }),
});

/** Answers a create: that it is accepted, which says nothing of its set-up. */
export function createInteraction(given: RequestContext): Reply {
  const request = withForm(given);
  const input = readInput(request, interactionResource, "create");
  const textOf = (name: string): string | null => {
    const value = input[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const opened = openInteraction(request.context.announced(), {
    channel: readChannel(request.form),
    routing: readRouting(request.form),
    contextSid: textOf("InteractionContextSid"),
    webhookTtid: textOf("WebhookTtid"),
  });
  return { status: 200, body: render(opened, interactionResource, request) };
}
