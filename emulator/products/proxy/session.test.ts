import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

let now = Date.parse("2026-01-02T03:04:05Z");
const local = useLocalTwilio({ clock: () => now });
const [first, second] = ["+14155550142", "+12065550187"];
let serviceSid = "";
let customers = 0;
let customer = "";
const service = () => local.client.proxy.v1.services(serviceSid);
const at = (seconds: number) => new Date(Date.parse("2026-01-02T03:04:05Z") + seconds * 1000);

beforeAll(async () => {
  ({ sid: serviceSid } = await local.client.proxy.v1.services.create({ uniqueName: "sessions" }));
  for (const phoneNumber of [first, second]) await service().phoneNumbers.create({ phoneNumber });
});
beforeEach(() => {
  customer = `+1415555${String(3000 + ++customers)}`;
});

describe("a session", () => {
  test("is open until somebody says something, then in progress, and closed when its time is over", async () => {
    const { sid } = await service().sessions.create({ ttl: 60 });
    expect(await service().sessions(sid).fetch()).toMatchObject({
      status: "open",
      dateStarted: null,
      dateExpiry: null,
      closedReason: "",
    });
    const { sid: participant } = await service().sessions(sid).participants.create({ identifier: customer });
    await service().sessions(sid).participants(participant).messageInteractions.create({ body: "Hello" });
    expect(await service().sessions(sid).fetch()).toMatchObject({
      status: "in-progress",
      dateStarted: at(0),
      dateExpiry: at(60),
    });
    now += 60_000;
    expect(await service().sessions(sid).fetch()).toMatchObject({ status: "closed", dateEnded: at(60) });
    now -= 60_000;
  });

  test("is closed and opened again, to go on", async () => {
    const { sid } = await service().sessions.create();
    const session = service().sessions(sid);
    expect(await session.update({ status: "closed" })).toMatchObject({
      closedReason: "api",
      dateEnded: at(0),
    });
    await expect(session.update({ status: "open" })).rejects.toMatchObject({ code: 80608 });
    expect(await session.update({ status: "in-progress" })).toMatchObject({
      closedReason: "",
      dateEnded: null,
    });
  });

  test("has the time to live of its service, unless it has its own; a date beats both", async () => {
    const { sid } = await local.client.proxy.v1.services.create({ uniqueName: "short", defaultTtl: 30 });
    const { sessions } = local.client.proxy.v1.services(sid);
    expect((await sessions.create()).ttl).toBe(30);
    expect((await sessions.create({ ttl: 5 })).ttl).toBe(5);
    const dated = await sessions.create({ ttl: 5, dateExpiry: at(10) });
    expect(dated.dateExpiry).toEqual(at(10));
  });

  test("name taken, and status that is none to begin with", async () => {
    await service().sessions.create({ uniqueName: "taken" });
    await expect(service().sessions.create({ uniqueName: "taken" })).rejects.toMatchObject({ code: 80603 });
    await expect(service().sessions.create({ status: "failed" })).rejects.toMatchObject({ code: 80608 });
  });
});

describe("a participant", () => {
  const create = async () => service().sessions((await service().sessions.create()).sid);

  test("gets a number that they do not use in another session", async () => {
    const numbers: (string | null)[] = [];
    for (const session of [await create(), await create()])
      numbers.push((await session.participants.create({ identifier: customer })).proxyIdentifier);
    expect(numbers).toEqual([first, second]);
    const third = await create();
    await expect(third.participants.create({ identifier: customer })).rejects.toMatchObject({ code: 80206 });
    await expect(
      third.participants.create({ identifier: customer, proxyIdentifier: first }),
    ).rejects.toMatchObject({ code: 80604 });
  });

  test("is one of two, once, with a number of the pool", async () => {
    const session = await create();
    const { participants } = session;
    await participants.create({ identifier: customer });
    const refused = (parameters: { identifier: string; proxyIdentifier?: string }) =>
      participants
        .create(parameters)
        .catch(({ status, code }: { status: number; code: number }) => [status, code]);
    expect(await refused({ identifier: customer })).toEqual([400, 80103]);
    expect(await refused({ identifier: "somebody" })).toEqual([400, 80404]);
    expect(await refused({ identifier: `CH${"0".repeat(32)}` })).toEqual([400, 80404]);
    expect(await refused({ identifier: "+14155550188", proxyIdentifier: "+14155550199" })).toEqual([
      400, 80601,
    ]);
    expect(await refused({ identifier: "+33612345678" })).toEqual([400, 80203]);
    await participants.create({ identifier: "+14155550188" });
    expect(await refused({ identifier: "+14155550189" })).toEqual([400, 80609]);
    await session.update({ status: "closed" });
    expect(await refused({ identifier: "+14155550189" })).toEqual([400, 80607]);
  });

  test("is removed but kept, and can't come back", async () => {
    const session = await create();
    const { sid } = await session.participants.create({ identifier: customer });
    await session.participants(sid).remove();
    expect(await session.participants(sid).fetch()).toMatchObject({ dateDeleted: at(0) });
    await expect(session.participants(sid).remove()).rejects.toMatchObject({ status: 404 });
    await expect(session.participants.create({ identifier: customer })).rejects.toMatchObject({
      code: 80103,
    });
  });

  test("of a closed session frees the number, and takes it back when that is still free", async () => {
    const session = await create();
    await session.participants.create({ identifier: customer, proxyIdentifier: first });
    await session.update({ status: "closed" });
    const next = await create();
    await next.participants.create({ identifier: customer, proxyIdentifier: first });
    await expect(session.update({ status: "in-progress" })).rejects.toMatchObject({ code: 80604 });
    await next.remove();
    expect(await session.update({ status: "in-progress" })).toMatchObject({ status: "in-progress" });
  });

  test("of a closed session gets no messages", async () => {
    const session = await create();
    const { sid } = await session.participants.create({ identifier: customer });
    await session.update({ status: "closed" });
    await expect(
      session.participants(sid).messageInteractions.create({ body: "Hello" }),
    ).rejects.toMatchObject({
      status: 400,
      code: 80607,
    });
  });
});

test("only reserved numbers in the pool are for nobody who does not ask", async () => {
  const { sid } = await local.client.proxy.v1.services.create({ uniqueName: "reserved" });
  const { phoneNumbers, sessions } = local.client.proxy.v1.services(sid);
  const session = sessions((await sessions.create()).sid);
  await expect(session.participants.create({ identifier: customer })).rejects.toMatchObject({ code: 80205 });
  const bought = await local.client.incomingPhoneNumbers.create({ phoneNumber: "+14155550190" });
  await phoneNumbers.create({ sid: bought.sid, isReserved: true });
  await expect(session.participants.create({ identifier: customer })).rejects.toMatchObject({ code: 80207 });
  const asked = await session.participants.create({ identifier: customer, proxyIdentifierSid: bought.sid });
  expect(asked.proxyIdentifier).toBe("+14155550190");
});

test.each<["country" | "area-code" | "radius", string, string | undefined]>([
  ["country", "+12125550100", "+14155550191"],
  ["area-code", "+12065550100", "+12065550191"],
  ["area-code", "+12125550100", undefined],
  ["radius", "+16285550100", "+14155550191"],
])(
  "a participant gets a number as near as the service's GeoMatchLevel %s wants: %s",
  async (level, identifier, number) => {
    const { services } = local.client.proxy.v1;
    const { sid } = await services.create({
      uniqueName: `near ${level} ${identifier}`,
      geoMatchLevel: level,
    });
    const bought = [];
    for (const phoneNumber of ["+14155550191", "+12065550191"]) {
      bought.push(await local.client.incomingPhoneNumbers.create({ phoneNumber }));
      await services(sid).phoneNumbers.create({ phoneNumber });
    }
    const session = await services(sid).sessions.create();
    const creating = services(sid).sessions(session.sid).participants.create({ identifier });
    if (number === undefined) await expect(creating).rejects.toMatchObject({ status: 400, code: 80206 });
    else expect(await creating).toMatchObject({ proxyIdentifier: number });
    await services(sid).remove();
    for (const one of bought) await local.client.incomingPhoneNumbers(one.sid).remove();
  },
);
