import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parseDocument } from "yaml";
import { flexStack } from "../support/commandLine.ts";
import { useProject } from "../support/useProject.ts";
import { expectGolden } from "./golden.ts";

// A stack on Flex Conversations alone, and what a reviewer gets to see of it.

const project = useProject(".", { seed: "flex-conversations" });
const number = "+14155550142";

/** Replaces settings of `flex-messaging:`; those that are undefined go. */
async function configure(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const file = parseDocument(await project.read("Pulumi.dev.yaml"));
  for (const [key, value] of Object.entries(settings)) {
    const path = ["config", `flex-messaging:${key}`];
    if (value === undefined) file.deleteIn(path);
    else file.setIn(path, value);
  }
  await project.write("Pulumi.dev.yaml", file.toString({ lineWidth: 0 }));
}

/** The comment of a preview, as `report` writes it. */
async function comment(name: string): Promise<string> {
  const file = join(project.folder, `${name}.json`);
  expect((await project.flexStack("preview", "--format", "json", "--output", file)).code).toBe(0);
  const { code, out, err } = await flexStack("report", "--format", "markdown", file);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return `${out}\n`;
}

test("a first preview takes over what Flex made, and says where messages go", async () => {
  await configure({
    chat: undefined,
    proxy: undefined,
    conversations: { defaultInactiveTimer: "PT8H" },
    messageHandling: { kind: "conversations", numbers: { main: { phoneNumber: number } } },
  });
  expectGolden("conversations-first.md", await comment("first"));
});

test("a change of timers, webhooks, roles and of who hears a number is told by what it means", async () => {
  expect((await project.flexStack("up", "--yes")).code).toBe(0);
  await configure({
    conversations: {
      defaultInactiveTimer: "PT480M",
      defaultClosedTimer: "P3D",
      webhooks: { postWebhookUrl: "https://example.com/archive", filters: ["onMessageAdded"] },
      roles: {
        auditor: { friendlyName: "auditor", type: "conversation", permissions: ["leaveConversation"] },
      },
    },
    messageHandling: {
      kind: "conversations",
      numbers: {
        main: {
          phoneNumber: number,
          integration: { type: "webhook", url: "https://example.com/talks", filters: ["onMessageAdded"] },
        },
      },
    },
  });
  expectGolden("conversations-changed.md", await comment("changed"));
});
