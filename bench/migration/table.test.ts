import { expect, test } from "@jest/globals";
import { migrationTable, type Row } from "./table.ts";

const row = (more: Partial<Row>): Row => ({
  seed: 1,
  cut: "drain",
  andBack: false,
  numberUrlToo: true,
  sent: 1000,
  lost: 0,
  doubled: 2,
  split: 0,
  replayed: 0,
  kills: 1,
  failures: 2,
  broken: [],
  ...more,
});

test("journeys of one kind are summed up, in the order of the cuts", () => {
  const rows = [
    row({ cut: "pool", numberUrlToo: false, andBack: true, lost: 3, replayed: 2 }),
    row({}),
    row({ seed: 2 }),
  ];
  expect(migrationTable(rows).split("\n").slice(2)).toEqual([
    "| `drain` | yes | 2 | 2,000 | 0 | 0 | 0 | 4 | 0 | 2, 4 |",
    "| `pool`, back once | no | 1 | 1,000 | 3 | 2 | 1 | 2 | 0 | 1, 2 |",
  ]);
});
