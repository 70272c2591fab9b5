import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { TempProject } from "../temp-project.ts";
import { goChecks } from "./go-checks.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
});
afterEach(() => temp.remove());

const notes = async (): Promise<(string | undefined)[]> => {
  const outcomes = goChecks(temp.project.signal, temp.env).map(({ run }) => run());
  return (await Promise.all(outcomes)).map(({ passed, failed, note }) => {
    expect([passed, failed]).toEqual([0, 0]);
    return note;
  });
};

test("without Go, its checks are not run and count neither way", async () => {
  expect(await notes()).toEqual([
    "not run: no go here",
    "not run: no gofmt here",
    "not run: no go here",
    "not run: no go here",
  ]);
});

test("nor are they with a Go that can't build toolchain/", async () => {
  temp.go("1.19.8");
  const [vet] = await notes();
  expect(vet).toMatch(/^not run: .*path\/go is Go 1\.19\.8, and Go \d+\.\d+\.\d+ or newer is needed\.$/);
});
