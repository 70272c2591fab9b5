import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { makeFolder } from "./databaseFile.ts";

const file = join(tmpdir(), "no-such-folder", ".local", "twilio.db");
/** What Node says of mkdir with `recursive` on a read-only disk. */
const missing = Object.assign(new Error(`ENOENT: no such file or directory, mkdir '${file}'`), {
  code: "ENOENT",
});
const refuse = (error: Error) => (): never => {
  throw error;
};

test("a folder that can't be made is told by the one that is read-only", () => {
  let asked = "";
  const access = (folder: string): never => {
    asked = folder;
    throw new Error("EROFS: read-only file system");
  };
  expect(() => makeFolder(file, { mkdir: refuse(missing), access })).toThrow(
    new Error(`${file} can't be made: ${tmpdir()} is read-only. Make it writable, or choose another file.`),
  );
  expect(asked).toBe(tmpdir());
});

test("another reason stays what it is", () => {
  expect(() => makeFolder(file, { mkdir: refuse(missing), access: () => undefined })).toThrow(missing);
});
