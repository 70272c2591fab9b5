import { expect, test } from "@jest/globals";
import { TwilioError } from "../../../provider/access.ts";
import { Reader, type ReadLog } from "./reader.ts";

const reading = (): { log: ReadLog; reader: Reader } => {
  const log = { refusals: new WeakMap<TwilioError, string>(), cut: new Set<string>() };
  return { log, reader: new Reader("TaskRouter", log) };
};

test("reads each thing once, also when it is asked for at the same time", async () => {
  const { reader } = reading();
  let reads = 0;
  const read = () => Promise.resolve(++reads);
  expect(await Promise.all([reader.once("a", read), reader.once("a", read)])).toEqual([1, 1]);
  expect(await reader.once("b", read)).toBe(2);
});

test("what is gone is undefined; what is refused is thrown each time, with its product", async () => {
  const { log, reader } = reading();
  const refused = new TwilioError("Permission denied", { status: 403, code: 20003 });
  let reads = 0;
  const refuse = () => {
    reads++;
    return Promise.reject(refused);
  };
  expect(
    await reader.once("gone", () => Promise.reject(new TwilioError("No", { status: 404 }))),
  ).toBeUndefined();
  await expect(reader.once("refused", refuse)).rejects.toBe(refused);
  await expect(reader.once("refused", refuse)).rejects.toBe(refused);
  expect([reads, log.refusals.get(refused)]).toEqual([1, "TaskRouter"]);
  await expect(reader.once("bug", () => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
});

test("says that a list goes on, where nothing should be missing", async () => {
  const { log, reader } = reading();
  const list = ({ limit }: { limit: number }) =>
    Promise.resolve(Array.from({ length: limit }, (_, index) => index));
  expect(await reader.list("messages", 2, list)).toEqual([0, 1]);
  expect([...log.cut]).toEqual([]);
  expect(await reader.all("workers", 3, list)).toEqual([0, 1, 2]);
  expect([...log.cut]).toEqual(["Only the first 3 workers of TaskRouter were read."]);
});
