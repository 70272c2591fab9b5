import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Clock } from "./clock.ts";
import type { Context } from "./context.ts";
import { kind } from "./document.ts";
import { Kernel } from "./kernel.ts";
import { resource } from "./resource.ts";
import { Store } from "./store.ts";

interface Alarm {
  name: string;
  at: number | null;
}

const done: string[] = [];
const errors: string[] = [];
const alarm = resource(kind<Alarm>("test.Alarm"), {
  prefix: "AL",
  path: "/v1/Alarms",
  listKey: "alarms",
  due: ({ fields }) => fields.at ?? undefined,
  onDue(document, context) {
    const { name } = document.fields;
    done.push(`${name} at ${context.now}`);
    if (name === "broken") throw new Error("broken");
    if (name === "stuck") return;
    context.of(alarm).update(document, { name, at: name === "twice" && context.now < 20 ? 20 : null });
  },
});

let now = 0;
let store: Store;
let kernel: Kernel;
beforeEach(() => {
  now = 0;
  done.length = errors.length = 0;
  store = new Store(":memory:");
  kernel = new Kernel({
    store,
    clock: new Clock(() => now, store.clockOffset),
    products: [],
    authenticate: () => "unknown user",
    onError: (error) => errors.push((error as Error).message),
    settings: { patience: 7 },
  });
  kernel.own(alarm);
});
afterEach(() => store.close());

const inTransaction = <T>(work: (context: Context) => T): T => kernel.transaction("AC1", work);
const set = (name: string, at: number): void =>
  void inTransaction((context) => context.of(alarm).insert("AC1", { name, at }));

describe("what is due", () => {
  test("is done in order of time, as of its time, once", () => {
    set("late", 30);
    set("early", 10);
    set("twice", 15);
    kernel.catchUp();
    expect(done).toEqual([]);
    now = 100;
    kernel.catchUp();
    kernel.catchUp();
    expect(done).toEqual(["early at 10", "twice at 15", "twice at 20", "late at 30"]);
  });

  test("that fails or does not end is told of, and does not hold up the rest", () => {
    set("broken", 1);
    set("stuck", 2);
    set("fine", 3);
    now = 3;
    kernel.catchUp();
    kernel.catchUp();
    expect(done).toEqual(["broken at 1", "stuck at 2", "fine at 3"]);
    expect(errors).toEqual([
      "broken",
      expect.stringMatching(/^test\.Alarm AL\w+ was due, and is still after/),
    ]);
  });
});

describe("beforeCommit", () => {
  test("does work of a name once, after the writes, and again when that asks for it", () => {
    const order: string[] = [];
    inTransaction((context) => {
      for (const time of [1, 2]) {
        context.beforeCommit("evaluate", () => {
          order.push(`evaluated after ${time}`);
          if (order.length < 4) context.beforeCommit("evaluate", () => order.push("evaluated again"));
        });
        order.push(`wrote ${time}`);
      }
    });
    expect(order).toEqual(["wrote 1", "wrote 2", "evaluated after 2", "evaluated again"]);
  });

  test("undoes everything when it fails, and is forgotten with it", () => {
    const told: string[] = [];
    expect(() =>
      inTransaction((context) => {
        context.of(alarm).insert("AC1", { name: "undone", at: null });
        context.afterCommit(() => told.push("committed"));
        context.beforeCommit("fail", () => {
          throw new Error("no");
        });
      }),
    ).toThrow("no");
    expect(inTransaction((context) => context.of(alarm).all())).toEqual([]);
    expect(told).toEqual([]);
  });

  test("that never ends is an error", () => {
    const again = (context: Context): void => context.beforeCommit("again", again);
    expect(() => inTransaction(again)).toThrow("A transaction does not come to an end: AC1 again");
  });
});

test("amended fields leave revision and date as they were, and move what is due", () => {
  set("one", 50);
  now = 40;
  const amended = inTransaction((context) => {
    const [document] = context.of(alarm).all();
    return document && context.of(alarm).amend(document, { name: "one", at: 45 });
  });
  expect(inTransaction((context) => context.of(alarm).get(amended?.sid ?? ""))).toMatchObject({
    revision: 0,
    updated: 0,
    fields: { at: 45 },
  });
  expect(store.nextDue()?.at).toBe(45);
});

test("a setting has the given value, or the usual one", () => {
  expect(inTransaction((context) => [context.setting("patience", 1), context.setting("other", 1)])).toEqual([
    7, 1,
  ]);
});

test("what is derived outlives a transaction, but not one that is undone", () => {
  inTransaction(({ derived }) => derived.set("sum", 1));
  expect(inTransaction(({ derived }) => derived.get("sum"))).toBe(1);
  expect(() =>
    inTransaction(({ derived }) => {
      derived.set("sum", 2);
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(inTransaction(({ derived }) => derived.get("sum"))).toBeUndefined();
});
