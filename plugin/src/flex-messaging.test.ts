import { expect, jest, test } from "@jest/globals";
import { offer, RecordedFlex, RecordedManager, settled } from "../testing/recorded-flex.ts";
import { flexMessaging } from "./flex-messaging.ts";

function start(flexMessaging_: unknown, manager = new RecordedManager({ chat: 1 })) {
  const flex = new RecordedFlex();
  const lines: string[] = [];
  for (const level of ["error", "warn", "info"] as const)
    jest.spyOn(console, level).mockImplementation((line) => void lines.push(`${level} ${line}`));
  manager.serviceConfiguration = { attributes: { flexMessaging: flexMessaging_ } };
  try {
    flexMessaging(flex, manager);
  } finally {
    jest.restoreAllMocks();
  }
  return { flex, manager, lines };
}

test("without a configuration, Flex stays as it is", async () => {
  const { flex, manager, lines } = start(undefined);
  manager.workerClient.offer(offer("WR1"));
  await settled();
  expect([flex.invoked, flex.registered, flex.listeners.size, lines]).toEqual([[], [], 0, []]);
  expect(flex.orchestrations.get("accepted")).toEqual(["AddToChatChannel"]);
});

test("each part does its work, and agents read what is wrong with another", async () => {
  const { flex, manager, lines } = start({
    autoAccept: { taskChannels: ["chat"] },
    taskChannels: [{ name: "custom1" }],
    orchestration: { kind: "costum" },
    extra: 1,
  });
  manager.workerClient.offer(offer("WR1"));
  await settled();
  expect(flex.invoked).toEqual(["AcceptTask WR1", "SelectTask WR1"]);
  expect(flex.registered.map(({ name }) => name)).toEqual(["custom1"]);
  const problem = 'flexMessaging.orchestration.kind is "costum", and has to be flex or custom';
  expect(lines).toEqual([
    expect.stringMatching(/^warn Flex messaging: flexMessaging\.extra is not a setting/),
    `error Flex messaging: ${problem}`,
  ]);
  expect(flex.notifications).toEqual([
    { id: "FlexMessagingProblem", content: "FlexMessagingProblem", type: "error", timeout: 0 },
    { id: "FlexMessagingProblem", problem },
  ]);
  expect(manager.strings).toEqual({ Other: "text", FlexMessagingProblem: "Flex messaging: {{problem}}" });
});

test.each([{ autoAccept: { taskChannels: ["chat"] } }, { orchestration: { kind: "custom" } }])(
  "without a connection to TaskRouter, %j is told not to work",
  (configuration) => {
    const manager = new RecordedManager();
    Object.assign(manager, { workerClient: {} });
    const { flex, lines } = start(configuration, manager);
    expect(lines).toEqual([
      expect.stringMatching(/^error Flex messaging: Flex is not connected to TaskRouter/),
    ]);
    expect(flex.invoked).toEqual([]);
  },
);

test("a second copy of the plugin is refused, and does nothing twice", async () => {
  const { flex, manager } = start({ autoAccept: { taskChannels: ["chat"] } });
  expect(() => flexMessaging(flex, manager)).toThrow("Notification already registered");
  manager.workerClient.offer(offer("WR1"));
  await settled();
  expect(flex.invoked).toEqual(["AcceptTask WR1", "SelectTask WR1"]);
});

test("without a connection to TaskRouter, task channels are shown all the same", () => {
  const manager = new RecordedManager();
  Object.assign(manager, { workerClient: undefined });
  const { flex, lines } = start({ taskChannels: [{ name: "custom1" }] }, manager);
  expect([flex.registered.length, lines]).toEqual([1, []]);
});
