import { afterEach, describe, expect, test } from "@jest/globals";
import { ann, bob, clean, MovingNumber, number, summary } from "./moving-number.ts";
import { interactionOf } from "../../flex-stack/simulate/interaction.ts";
import { useReceiver } from "../support/receiver.ts";

// Texts to one number on a local Twilio, while one world gets them, the other, both, or none.

const receiver = useReceiver();
const opened: MovingNumber[] = [];
const open = async (): Promise<MovingNumber> => {
  const moving = await MovingNumber.open({ webhookTimeout: 300 });
  opened.push(moving);
  return moving;
};
afterEach(async () => {
  for (const moving of opened.splice(0)) await moving.emulator.close();
});

const chatOnly = { chat: true, conversations: false };
const conversationsOnly = { chat: false, conversations: true };
const both = { chat: true, conversations: true };
const none = { chat: false, conversations: false };

describe("each text is in one place, and counts once", () => {
  test.each([
    ["Chat and Proxy", chatOnly, { chat: 3 }],
    ["Flex Conversations", conversationsOnly, { conversations: 3 }],
  ])("%s", async (_, ways, counts) => {
    const moving = await open();
    await moving.ways(ways);
    await moving.writes("Hello");
    await moving.writes("Hello");
    await moving.writes("Hello", bob);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts });
  });

  test("split: the open chat is cut, and the customer goes on in a conversation", async () => {
    const moving = await open();
    await moving.writes("Hello");
    await moving.ways(conversationsOnly);
    await moving.writes("Are you there?");
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { chat: 1, conversations: 1 } });
  });

  test("in none: lost, the oldest first", async () => {
    const moving = await open();
    await moving.ways(none);
    const lost = [await moving.writes("Hello"), await moving.writes("Hi", bob), await moving.writes("Hello")];
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { lost: 3 }, lost });
  });

  test("of equal texts the one that is missing is told", async () => {
    const moving = await open();
    await moving.ways(conversationsOnly);
    await moving.writes("ok");
    await moving.advance(120);
    await moving.ways(none);
    await moving.client.conversations.v1
      .conversations((await moving.conversations())[0]?.sid ?? "")
      .update({ state: "closed" });
    const lost = await moving.writes("ok");
    await moving.advance(120);
    await moving.ways(conversationsOnly);
    await moving.writes("ok");
    expect(summary(await moving.reconcile())).toEqual({
      ...clean,
      counts: { conversations: 2, lost: 1 },
      lost: [lost],
    });
  });

  test("words for Twilio itself are not lost", async () => {
    const moving = await open();
    await moving.ways(none);
    await moving.writes("STOP");
    await moving.writes(" start ");
    const lost = await moving.writes("stop it please");
    expect(summary(await moving.reconcile())).toEqual({
      ...clean,
      counts: { keywords: 2, lost: 1 },
      lost: [lost],
    });
  });

  test("texts of the last minute may still be on their way", async () => {
    const moving = await open();
    await moving.ways(none);
    await moving.writes("Hello");
    await moving.advance(61);
    await moving.writes("Hello again");
    const { counts } = await moving.account(async (account, _, place) => {
      const { findLines, reconcile } = await import("../../flex-stack/migrate/reconcile/index.ts");
      const until = new Date(account.now() - 60_000);
      const since = new Date(account.now() - 3_600_000);
      return reconcile({ number, since, until }, account, place, await findLines(account, number));
    });
    expect(counts.lost).toBe(1);
  });

  test("what was removed from a conversation may have been the text: nobody puts that in again", async () => {
    const moving = await open();
    await moving.ways(conversationsOnly);
    await moving.writes("Hello");
    const removed = await moving.writes("My card is 4111 1111 1111 1111");
    await moving.writes("Thanks");
    const [found] = await moving.conversations();
    await moving.client.conversations.v1
      .conversations(found?.sid ?? "")
      .messages(found?.messages[1]?.sid ?? "")
      .remove();
    expect(summary(await moving.reconcile())).toEqual({
      ...clean,
      counts: { conversations: 2, unknown: 1 },
      unknown: [removed],
    });
    expect(await moving.replay()).toEqual([]);
  });
});

describe("texts that are in both are told with what to close", () => {
  test("nobody attends to either: the newer one, through its Interaction", async () => {
    const moving = await open();
    await moving.writes("Hello");
    await moving.advance(60);
    await moving.ways(both);
    const texts = [await moving.writes("It is urgent"), await moving.writes("Please")];
    const found = await moving.reconcile();
    expect(summary(found)).toEqual({ ...clean, counts: { chat: 1, doubled: 2 }, doubled: [texts] });
    const [pair] = found.doubled;
    expect(pair).toMatchObject({ close: pair?.conversationSid, customer: ann });
    expect(pair?.command).toMatch(/^curl .*Interactions\/KD.*\/Channels\/UO/);
  });

  test("what no agent is in, though it is the older one", async () => {
    const moving = await open();
    await moving.writes("Hello");
    await moving.advance(60);
    await moving.hire("carol", { routing: { skills: [], levels: {} } });
    await moving.ways(both);
    await moving.writes("It is urgent");
    await moving.advance(1);
    // Alice is offered the old one still.
    const carol = await moving.flex("carol");
    const [reservation] = await carol.reservations("pending");
    if (reservation === undefined) throw new Error("Nothing is offered");
    await carol.accept(reservation);
    const [pair] = (await moving.reconcile()).doubled;
    expect(pair).toMatchObject({
      close: pair?.channelSid,
      why: expect.stringContaining("agent is in the other"),
    });
    expect(pair?.command).toMatch(/^curl .*Sessions\/KC/);
  });

  test("nothing, once one of them is closed", async () => {
    const moving = await open();
    await moving.ways(both);
    await moving.writes("Hello");
    const [found] = await moving.conversations();
    await moving.client.conversations.v1.conversations(found?.sid ?? "").update({ state: "closed" });
    const [pair] = (await moving.reconcile()).doubled;
    expect(pair).toMatchObject({ close: undefined, why: `${found?.sid} is closed already.` });
  });
});

describe("a replay", () => {
  const lose = async (moving: MovingNumber, bodies: readonly string[], from = ann): Promise<string[]> => {
    await moving.ways(none);
    const sids: string[] = [];
    for (const body of bodies) {
      sids.push(await moving.writes(body, from));
      await moving.advance(5);
    }
    return sids;
  };

  test("puts texts in, in order, and an agent gets them; the customer hears nothing but the agent", async () => {
    const moving = await open();
    const texts = await lose(moving, ["Hello", "ok", "ok"]);
    const [done] = await moving.replay();
    const [found] = await moving.conversations();
    expect(done).toMatchObject({ conversationSid: found?.sid, isAppended: false, remark: undefined });
    expect(found?.said).toEqual([`${ann}: Hello`, `${ann}: ok`, `${ann}: ok`]);
    expect(
      found?.messages.map(({ attributes }) => (JSON.parse(attributes) as { replayOf: string }).replayOf),
    ).toEqual(texts);
    expect(await moving.sentTo()).toEqual([]);
    await moving.advance(1);
    const tasks = await moving.tasks();
    expect(
      tasks.map(
        ({ attributes }) => interactionOf(JSON.parse(attributes) as Record<string, unknown>)?.conversationSid,
      ),
    ).toEqual([found?.sid]);
    const alice = await moving.flex("alice");
    const [reservation] = await alice.reservations("pending");
    if (reservation === undefined) throw new Error("Nothing is offered");
    await alice.accept(reservation);
    await alice.answer(reservation, "How can I help?");
    expect(await moving.sentTo()).toEqual(["How can I help?"]);
    // The customer's answer comes to the same place, whatever the Address says.
    await moving.writes("With my parcel");
    expect((await moving.conversations()).map(({ said }) => said.length)).toEqual([5]);
  });

  test("an agent gets it, too, where the customer's last conversation ended just now", async () => {
    const moving = await open();
    await lose(moving, ["Hello"]);
    await moving.ways(conversationsOnly);
    const [done] = await moving.replay(async (count, moment) => {
      if (count > 1 || moment === "after") return;
      await moving.writes("Anybody?");
      const [one] = await moving.conversations();
      await moving.client.conversations.v1.conversations(one?.sid ?? "").update({ state: "closed" });
    });
    const before = (await moving.conversations()).find(({ sid }) => sid !== done?.conversationSid);
    expect(done).toMatchObject({ isAppended: false, remark: undefined });
    await moving.advance(1);
    const conversations = (await moving.tasks()).map(
      ({ attributes }) => interactionOf(JSON.parse(attributes) as Record<string, unknown>)?.conversationSid,
    );
    expect(conversations.toSorted()).toEqual([before?.sid, done?.conversationSid].toSorted());
  });

  test("once more finds nothing, and writes nothing", async () => {
    const moving = await open();
    await lose(moving, ["Hello", "Hi"]);
    await lose(moving, ["Hello"], bob);
    expect(await moving.replay()).toHaveLength(2);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 3 } });
    const written: string[] = [];
    expect(await moving.replay((_, __, uri) => void written.push(uri))).toEqual([]);
    expect(written).toEqual([]);
    expect((await moving.conversations()).map(({ said }) => said.length).sort()).toEqual([1, 2]);
  });

  test("goes into the conversation that has the customer, and is sent to nobody", async () => {
    const moving = await open();
    const lost = await lose(moving, ["Where is it?", "Well?"]);
    await moving.ways(conversationsOnly);
    await moving.writes("Hello?");
    const [done] = await moving.replay();
    const found = await moving.conversations();
    expect(found.map(({ said }) => said)).toEqual([
      [`${ann}: Hello?`, `${ann}: Where is it?`, `${ann}: Well?`],
    ]);
    expect(done).toMatchObject({ isAppended: true, conversationSid: found[0]?.sid });
    expect(done?.texts.map(({ sid }) => sid)).toEqual(lost);
    expect(await moving.sentTo()).toEqual([]);
    expect(await moving.tasks()).toHaveLength(1);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 3 } });
    expect(await moving.replay()).toEqual([]);
  });

  test("gives way to a conversation that somebody opens meanwhile", async () => {
    const moving = await open();
    await lose(moving, ["Where is it?"]);
    let isOpened = false;
    await moving.replay(async (_, moment, uri) => {
      if (moment !== "before" || !uri.endsWith("/Participants") || isOpened) return;
      isOpened = true;
      await moving.ways(conversationsOnly);
      await moving.writes("Hello?");
    });
    expect((await moving.conversations()).map(({ said }) => said)).toEqual([
      [`${ann}: Hello?`, `${ann}: Where is it?`],
    ]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 2 } });
  });

  test("tells the Address's webhook of every text", async () => {
    const moving = await open();
    await moving.setAddress({ type: "webhook", enabled: false, url: `${receiver.url}/opened` });
    await lose(moving, ["Hello", "Hi"]);
    await moving.replay();
    await moving.advance(1);
    const told = receiver.received.filter(({ path }) => path === "/opened").map(({ form }) => form["Body"]);
    expect(told.sort()).toEqual(["Hello", "Hi"]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 2 } });
  });

  test("says where the files are that it can't bring along", async () => {
    const moving = await open();
    await moving.ways(none);
    const sid = await moving.writes("Look", ann, ["https://example.com/cat.png"]);
    const alone = await moving.writes("", ann, ["https://example.com/a.png", "https://example.com/b.png"]);
    await moving.replay();
    expect((await moving.conversations()).map(({ said }) => said)).toEqual([
      [
        `${ann}: Look\n(1 file: message ${sid} of the Messages log)`,
        `${ann}: (2 files: message ${alone} of the Messages log)`,
      ],
    ]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 2 } });
  });

  test("a customer whose texts Twilio refuses keeps none of the others from theirs", async () => {
    const moving = await open();
    await lose(moving, ["Hello"]);
    await lose(moving, ["Hello"], bob);
    await moving.fault({
      host: "conversations",
      method: "POST",
      path: "/v1/Services/*/Conversations",
      times: 1,
      error: { status: 400, code: 20001, message: "No" },
    });
    const done = await moving.replay();
    expect(done.map(({ conversationSid }) => conversationSid === undefined).sort()).toEqual([false, true]);
    expect(done.find(({ remark }) => remark !== undefined)?.remark).toContain("Twilio error 20001");
    expect((await moving.reconcile()).counts).toMatchObject({ conversations: 1, lost: 1 });
  });

  test.each<[string, object]>([
    ["429", { error: { status: 429, code: 20429, message: "Slow down", retryAfter: 1 } }],
    ["500", { error: { status: 500, code: 20500, message: "Oops" } }],
    ["503", { error: { status: 503, code: 20503, message: "Busy" } }],
    ["lost answers", { drop: "after" }],
  ])("under %s, one of three, ends with each text in one place", async (_, effect) => {
    const moving = await open();
    await lose(moving, ["Hello", "Hi"]);
    await lose(moving, ["Hello"], bob);
    await moving.fault({ host: "conversations", method: "POST", probability: 0.34, seed: 5, ...effect });
    for (let run = 0; run < 8; run++) await moving.replay();
    await moving.http.send({ method: "DELETE", url: "/_emulator/faults" });
    expect((await moving.conversations()).map(({ said }) => said).toSorted()).toEqual([
      [`${ann}: Hello`, `${ann}: Hi`],
      [`${bob}: Hello`],
    ]);
    await moving.advance(1);
    expect(await moving.tasks()).toHaveLength(2);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 3 } });
  });

  test("stopped by Ctrl-C leaves nothing half-done to whoever runs it again", async () => {
    const moving = await open();
    for (const customer of [1, 2, 3, 4, 5, 6, 7]) await lose(moving, ["Hello"], `+1415555019${customer}`);
    const stopping = new AbortController();
    const stopped = moving.replay((count) => void (count === 9 && stopping.abort()), stopping);
    await expect(stopped).rejects.toThrow(/aborted/);
    await moving.replay();
    expect((await moving.conversations()).map(({ said }) => said.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    await moving.advance(1);
    expect(await moving.tasks()).toHaveLength(7);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 7 } });
  });

  test("texts are put in as they were written: emoji, other scripts, lines, spaces", async () => {
    const moving = await open();
    const texts = ["👩🏽‍💻 où? 你好 שלום", " two\nlines  and a tab\t.", "<b>&amp;</b> {{x}} %2B"];
    await lose(moving, texts);
    await moving.replay();
    expect((await moving.conversations()).map(({ said }) => said)).toEqual([
      texts.map((text) => `${ann}: ${text}`),
    ]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 3 } });
  });

  test("of one number leaves alone what the same customer wrote to another", async () => {
    const moving = await open();
    const shop = "+12065550187";
    await moving.client.conversations.v1.addressConfigurations.create({
      type: "sms",
      address: shop,
      "autoCreation.enabled": true,
      "autoCreation.type": "studio",
      "autoCreation.studioFlowSid": moving.flowSid,
    });
    await moving.text(ann, shop, "Hello");
    await lose(moving, ["Hello"]);
    expect((await moving.reconcile()).counts).toMatchObject({ lost: 1, conversations: 0 });
    await moving.replay();
    const pairs = (await moving.conversations()).map(({ said, participants }) => [
      participants.map((one) => (one.messagingBinding as { proxy_address: string }).proxy_address),
      said,
    ]);
    expect(pairs.toSorted()).toEqual([
      [[shop], [`${ann}: Hello`]],
      [[number], [`${ann}: Hello`]],
    ]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 1 } });
  });

  // Conversation, two texts, the customer, the flow.
  const requests = [1, 2, 3, 4, 5];
  test.each(
    requests.flatMap((count) => (["before", "after"] as const).map((moment) => [moment, count] as const)),
  )("killed %s request %i is finished by the next", async (moment, count) => {
    const moving = await open();
    const texts = await lose(moving, ["Hello", "Hi"]);
    const kill = (now: number, when: string): void => {
      if (now === count && when === moment) throw new Error("killed");
    };
    await expect(moving.replay(kill)).rejects.toThrow("killed");
    await moving.replay();
    const found = await moving.conversations();
    expect(found.map(({ said }) => said)).toEqual([[`${ann}: Hello`, `${ann}: Hi`]]);
    expect(found[0]?.messages.map(({ attributes }) => JSON.parse(attributes) as object)).toEqual(
      texts.map((replayOf) => ({ replayOf })),
    );
    expect(found[0]?.participants).toHaveLength(1);
    await moving.advance(1);
    expect(await moving.tasks()).toHaveLength(1);
    expect(await moving.sentTo()).toEqual([]);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 2 } });
  });

  test("there are no more requests than those", async () => {
    const moving = await open();
    await lose(moving, ["Hello", "Hi"]);
    const sent: number[] = [];
    await moving.replay((count, moment) => void (moment === "after" && sent.push(count)));
    expect(sent).toEqual(requests);
  });

  test.each(requests)("an answer that is lost, of request %i, makes nothing twice", async (nth) => {
    const moving = await open();
    await lose(moving, ["Hello", "Hi"]);
    await moving.replay(async (count, moment) => {
      if (moment === "before" && count === nth)
        await moving.fault({ host: "conversations", method: "POST", times: 1, drop: "after" });
    });
    expect((await moving.conversations()).map(({ said }) => said)).toEqual([[`${ann}: Hello`, `${ann}: Hi`]]);
    await moving.advance(1);
    expect(await moving.tasks()).toHaveLength(1);
    expect(summary(await moving.reconcile())).toEqual({ ...clean, counts: { conversations: 2 } });
  });
});

describe("what can't be read is said", () => {
  test.each([
    ["chat", { conversations: 1, unknown: 1 }],
    ["conversations", { chat: 1, unknown: 1 }],
  ])("%s", async (host, counts) => {
    const moving = await open();
    await moving.writes("Hello", bob);
    await moving.ways(conversationsOnly);
    await moving.writes("Hello");
    await moving.fault({
      host,
      path: host === "chat" ? "/v2/Services/*/Users/**" : "/v1/Services/**",
      error: { status: 403, code: 20003, message: "Permission denied" },
    });
    const found = await moving.reconcile();
    expect(found.counts).toMatchObject(counts);
    expect(found.lost).toEqual([]);
    expect(found.refused).toEqual([
      expect.stringContaining("refused to be read: Permission denied (HTTP 403"),
    ]);
  });
});

test("its reads grow with customers and pages, not with texts", async () => {
  const moving = await open();
  await moving.ways(conversationsOnly);
  await moving.writes("Hello");
  const { calls } = await moving.reconcile();
  for (let count = 0; count < 60; count += 1) await moving.writes(`Hello ${count}`);
  const more = await moving.reconcile();
  expect(more.counts.conversations).toBe(61);
  expect(more.calls).toBe(calls);
});

test("many customers in Chat are read by the list of its channels", async () => {
  const moving = await open();
  const customers = Array.from({ length: 25 }, (_, index) => `+1415555${String(2000 + index)}`);
  for (const customer of customers) await moving.writes("Hello", customer);
  await moving.ways(none);
  const lost = await moving.writes("And I?", ann);
  const found = await moving.reconcile();
  expect(summary(found)).toEqual({ ...clean, counts: { chat: 25, lost: 1 }, lost: [lost] });
  // One for each customer in either world, and a few for the lists.
  expect(found.calls).toBeLessThan(65);
});
