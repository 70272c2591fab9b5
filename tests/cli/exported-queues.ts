import { urnOf } from "../../flex-stack/changes/engine-events.fixture.ts";
import type { Answer } from "./scripted-project.ts";

export const queue = "twilio:taskrouter:TaskQueue";

/** What Pulumi exports of a stack that has these queues. */
export const exported = (...names: string[]): Answer => ({
  stdout: JSON.stringify({
    version: 3,
    deployment: {
      resources: names.map((name) => ({
        urn: urnOf(queue, name),
        type: queue,
        custom: true,
        id: `WS1/${name}`,
      })),
    },
  }),
});
