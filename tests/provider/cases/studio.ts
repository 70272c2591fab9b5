import type { Case, Input } from "../case.ts";

const definition = (description: string): { [key: string]: Input } => ({
  description,
  initial_state: "Trigger",
  flags: { allow_concurrent_calls: true },
  states: [
    {
      name: "Trigger",
      type: "trigger",
      transitions: [{ event: "incomingMessage", next: "Reply" }],
      properties: { offset: { x: 0, y: 0 } },
    },
    {
      name: "Reply",
      type: "send-message",
      transitions: [{ event: "sent" }, { event: "failed" }],
      properties: {
        offset: { x: 10, y: 200 },
        from: "{{flow.channel.address}}",
        to: "{{contact.channel.address}}",
        body: "An agent will be with you.",
      },
    },
  ],
});

const at: Case["at"] = (client, sid) => {
  const context = client.studio.v2.flows(sid);
  return {
    fetch: () => context.fetch(),
    update: (params) => context.update({ status: "published", ...params }),
    remove: () => context.remove(),
  };
};

export const studio: Case[] = [
  {
    name: "flow",
    token: "twilio:studio:Flow",
    inputs: {
      friendlyName: "Replies",
      status: "published",
      definition: definition("First"),
      commitMessage: "Start",
      authorSid: `US${"0".repeat(31)}1`,
    },
    update: { definition: definition("Second"), commitMessage: "Say it better" },
    drift: { friendlyName: "Other", status: "draft", definition: definition("Other") },
    at,
  },
  {
    name: "otherFlow",
    token: "twilio:studio:Flow",
    inputs: { friendlyName: "More replies", status: "draft", definition: JSON.stringify(definition("More")) },
    update: { status: "published" },
    drift: {},
    at,
  },
];
