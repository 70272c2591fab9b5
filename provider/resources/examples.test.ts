import { fileURLToPath } from "node:url";

import { expect, test } from "@jest/globals";
import ts from "typescript";

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
declare const proxy: twilio.proxy.Service;
declare const messaging: twilio.studio.Flow;
declare const support: twilio.api.IncomingPhoneNumber;
declare const notices: twilio.messaging.Service;
`;

test("the example of every resource compiles", () => {
  const file = fileURLToPath(new URL("examples.generated.ts", import.meta.url));
  // Each in a block of its own, where its names hide those of the surroundings.
  const source =
    surroundings + resources.map(({ token, example }) => `{ // ${token}\n${example}\n}`).join("\n");
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.readFile = (name) => (name === file ? source : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2024)
      : getSourceFile.call(host, name, ...rest);
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([file], options, host));
  expect(
    problems.map(({ messageText, start = 0 }) => [
      source
        .slice(0, start)
        .match(/twilio:\w+:\w+/g)
        ?.at(-1),
      ts.flattenDiagnosticMessageText(messageText, "\n"),
    ]),
  ).toEqual([]);
});
