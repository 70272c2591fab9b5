import { expect, test } from "@jest/globals";

import { typeErrors } from "../../tests/support/typeErrors.ts";
import { resources } from "./index.ts";

/** What examples may take for granted. */
const surroundings = `
import * as twilio from "@pulumi/twilio";
declare const workspace: twilio.taskrouter.Workspace;
declare const offline: twilio.taskrouter.Activity;
declare const unavailable: twilio.taskrouter.Activity;
declare const billing: twilio.taskrouter.TaskQueue;
declare const everyone: twilio.taskrouter.TaskQueue;
declare const assign: twilio.taskrouter.Workflow;
declare const chatChannel: twilio.taskrouter.TaskChannel;
declare const ada: twilio.taskrouter.Worker;
declare const chat: twilio.chat.Service;
declare const team: twilio.chat.Channel;
declare const service: twilio.conversations.Service;
declare const guest: twilio.conversations.Role;
declare const proxy: twilio.proxy.Service;
declare const messaging: twilio.studio.Flow;
declare const support: twilio.api.IncomingPhoneNumber;
declare const notices: twilio.messaging.Service;
`;

test("the example of every resource compiles", () => {
  // Each in a block of its own, where its names hide those of the surroundings.
  const source =
    surroundings + resources.map(({ token, example }) => `{ // ${token}\n${example}\n}`).join("\n");
  const problems = typeErrors(source, import.meta.url);
  expect(
    problems.map(({ at, message }) => [
      source
        .slice(0, at)
        .match(/twilio:\w+:\w+/g)
        ?.at(-1),
      message,
    ]),
  ).toEqual([]);
});
