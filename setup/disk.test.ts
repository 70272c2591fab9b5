import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { nearestExisting, requireSpace } from "./disk.mjs";

const enormous = 1e12;

test("room that is there is no failure", () => {
  expect(() => requireSpace("Nothing fits.", [{ dir: tmpdir(), megabytes: 0 }])).not.toThrow();
});

test("too little room says how much there is and how much is needed", () => {
  const dir = join(tmpdir(), "not", "there", "yet");
  expect(() => requireSpace("It can't be built.", [{ dir, megabytes: enormous }])).toThrow(
    new RegExp(
      `^It can't be built\\.\\n  why: \\d+ MB are free on the disk of ${tmpdir()}, and about 1000000000000 MB are needed\\.\\n  fix: Free some space there`,
    ),
  );
});

test("needs on one disk are added up", () => {
  const half = { dir: tmpdir(), megabytes: enormous / 2 };
  expect(() => requireSpace("No.", [half, half])).toThrow("about 1000000000000 MB are needed");
});

test.each([
  [tmpdir(), tmpdir()],
  [join(tmpdir(), "no-such-folder", "below"), tmpdir()],
])("of %s there is %s", (dir, existing) => {
  expect(nearestExisting(dir)).toBe(existing);
});
