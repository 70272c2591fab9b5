import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Row } from "./row.ts";
import { Store } from "./store.ts";

const [kinds, sids, values] = [
  ["Thing", "Part"],
  ["TH1", "TH2", "TH3", "TH4"],
  ["one", "two"],
] as const;
const kind = fc.constantFrom(...kinds);
const sid = fc.constantFrom(...sids);
const value = fc.constantFrom(...values);
const parent = fc.constantFrom("AC1", ...sids);

type Step = (store: Store) => unknown;

const blank = { account_sid: "AC1", created: 1, updated: 1, revision: 0 };
const key = (scope: string, held: string, unique: boolean) => ({ scope, name: "name", value: held, unique });

/** What a product may do with the store, in any order. */
const step: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ kind, sid, parent_sid: parent, value, unique: fc.boolean() })
    .map(({ value: held, unique, ...row }): Step => {
      const fields = JSON.stringify({ held });
      return (store) => store.insert({ ...blank, ...row, fields }, [key(row.parent_sid, held, unique)]);
    }),
  fc
    .record({ kind, sid, value, keyed: fc.boolean() })
    .map(({ kind: of, sid: one, value: held, keyed }): Step => {
      return (store) => {
        const row = store.bySid(of, one);
        if (row === undefined) return;
        const changed: Row = { ...row, revision: row.revision + 1, fields: JSON.stringify({ held }) };
        store.update(changed, keyed ? [key(row.parent_sid, held, false)] : undefined);
      };
    }),
  fc.record({ kind, sid }).map(({ kind: of, sid: one }): Step => {
    return (store) => {
      const row = store.bySid(of, one);
      if (row !== undefined) store.delete(row);
    };
  }),
  fc
    .record({ kind, sid, at: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }) })
    .map(({ kind: of, sid: one, at }): Step => (store) => {
      const row = store.bySid(of, one);
      if (row !== undefined) store.setDue(row.seq, at);
    }),
);

/** All that can be asked, of what there may be. */
function readAll(store: Store): unknown[] {
  return [
    store.nextDue(),
    ...kinds.flatMap((of) => [
      ...sids.map((one) => store.bySid(of, one)),
      ...["AC1", ...sids].flatMap((scope) => [
        ...values.map((held) => store.byUniqueKey(of, scope, "name", held)),
        store.scan({ kind: of, parent: scope, descending: false, limit: 9 }),
        store.scan({ kind: of, parent: scope, descending: true, limit: 1 }),
        ...values.map((held) =>
          store.scan({
            kind: of,
            parent: scope,
            key: { name: "name", value: held },
            descending: false,
            limit: 9,
          }),
        ),
      ]),
    ]),
  ];
}

test("what is read is what is stored, whatever was read, written and undone before", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ steps: fc.array(step, { maxLength: 4 }), fails: fc.boolean() }), { maxLength: 8 }),
      (transactions) => {
        const store = new Store(":memory:");
        for (const { steps, fails } of transactions) {
          try {
            store.transaction(() => {
              for (const each of steps) {
                each(store);
                readAll(store);
              }
              if (fails) throw new Error("undone");
            });
          } catch (error) {
            expect((error as Error).message).toMatch(/^undone$|UNIQUE/);
          }
          const read = readAll(store);
          // Whoever asks for the database itself gets one of which nothing is remembered.
          expect(store.database.isTransaction).toBe(false);
          expect(read).toEqual(readAll(store));
        }
        store.close();
      },
    ),
    { numRuns: 80 },
  );
});

test("long rows and long lists are read each time, and the many are let go", () => {
  const store = new Store(":memory:");
  store.transaction(() => {
    for (let index = 0; index < 5000; index++)
      store.insert({ ...blank, kind: "Thing", sid: `TH${index}`, parent_sid: "AC1", fields: "{}" }, []);
  });
  const long = "x".repeat(20_000);
  store.insert({ ...blank, kind: "Part", sid: "PA1", parent_sid: "AC1", fields: JSON.stringify(long) }, []);
  const one = (kindOf: string, of: string) => () => store.bySid(kindOf, of);
  const all = () => store.scan({ kind: "Thing", parent: "AC1", descending: false, limit: 100 });
  const isKept = (read: () => unknown) => read() === read();
  expect([one("Part", "PA1"), one("Thing", "TH7"), all].map(isKept)).toEqual([false, true, false]);
  const first = store.bySid("Thing", "TH0");
  for (let index = 1; index < 5000; index++) store.bySid("Thing", `TH${index}`);
  expect(store.bySid("Thing", "TH0")).toEqual(first);
  expect(store.bySid("Thing", "TH0")).not.toBe(first);
  store.close();
});
