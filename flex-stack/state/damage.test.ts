import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Failure } from "../failure/failure.ts";
import { requireSoundState, requireWritableState } from "./damage.ts";
import { fileState, type FileState } from "./file-state.ts";

let root: string;
let state: FileState;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "damage-"));
  state = fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!;
  mkdirSync(dirname(state.file), { recursive: true });
  mkdirSync(state.backups, { recursive: true });
  writeFileSync(join(root, ".pulumi", "meta.yaml"), "version: 1\n");
  writeFileSync(join(state.backups, "dev.17.json"), sound);
  writeFileSync(state.file, sound);
});
afterEach(() => rmSync(root, { recursive: true }));

const stateOf = (...urns: unknown[]): string =>
  JSON.stringify({
    version: 3,
    checkpoint: { stack: "dev", latest: { resources: urns.map((urn) => ({ urn })) } },
  });
const sound = stateOf("urn:pulumi:dev::p::t::a", "urn:pulumi:dev::p::t::b");

const failure = (): Failure => {
  try {
    requireSoundState(state, "dev");
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("Nothing was refused");
};
const write = (text: string) => (): void => writeFileSync(state.file, text);
const instead = (make: () => void) => (): void => {
  rmSync(state.file);
  make();
};

test("a sound state is let through, and one that is not there yet", () => {
  requireSoundState(state, "dev");
  requireSoundState(state, "organization/p/dev");
  rmSync(root, { recursive: true });
  requireSoundState(state, "dev");
  mkdirSync(root);
});

test("a stack that was removed on purpose, after its resources, is none that was lost", () => {
  rmSync(state.file);
  writeFileSync(`${state.file}.bak`, stateOf());
  rmSync(join(state.backups, "dev.17.json"));
  requireSoundState(state, "dev");
});

/** Every way to damage a state, and what is said of it. */
const damages: readonly [way: string, damage: () => void, why: string][] = [
  ["emptied", write(""), "It is empty."],
  [
    "cut short",
    () => writeFileSync(state.file, sound.slice(0, 60)),
    "It is cut short, or something else was written into it.",
  ],
  ["no JSON", write("hello"), "It is no JSON."],
  ["a list", write("[]"), "It is no state of Pulumi."],
  ["an empty object", write("{}"), "It is no state of Pulumi."],
  ["without a checkpoint", write('{"version":3}'), "It is a state of Pulumi without anything in it."],
  [
    "of a newer format",
    write('{"version":99,"checkpoint":{}}'),
    "It was written by a newer Pulumi (format 99); npm run setup installs this project's.",
  ],
  ["with a nameless resource", write(stateOf(undefined)), "It has a resource without a name."],
  [
    "of another stack",
    write(stateOf("urn:pulumi:prod::p::t::a")),
    "It has resources of another stack (urn:pulumi:prod::p::t::a).",
  ],
  ["missing", instead(() => undefined), "It is not there, though 2 resources were recorded in it."],
  [
    "a folder in its place",
    instead(() => mkdirSync(state.file)),
    "It is a folder where Pulumi keeps a file.",
  ],
  [
    "a link that leads nowhere",
    instead(() => symlinkSync("gone.json", state.file)),
    "It is a link that leads nowhere.",
  ],
];

describe("a state that is", () => {
  test.each(damages)("%s is refused, with its file and the way back", (_, damage, why) => {
    damage();
    const { what, why: told, fix } = failure();
    expect([what, told]).toEqual([`The state of stack "dev" can't be used: ${state.file}`, why]);
    const copy = join(state.backups, "dev.17.json");
    expect(fix).toBe(
      `rm -rf ${state.file} && mkdir -p ${dirname(state.file)} && cp ${copy} ${state.file}, then npx flex-stack up --refresh ` +
        "--stack dev: the copy has 2 resources, and what was made since is found by its name.",
    );
  });

  test("damaged and has no copy says what that means", () => {
    rmSync(state.backups, { recursive: true });
    writeFileSync(state.file, "");
    expect(failure().fix).toMatch(
      /^There is no copy of it\. Move it away .* destroy will leave that in place\.$/,
    );
  });
});

describe.each([
  ["gz", gzipSync],
  ["zst", zstdCompressSync],
])("a state packed as .%s", (extension, pack) => {
  const packed = (content: Buffer): string => {
    rmSync(state.file);
    rmSync(join(state.backups, "dev.17.json"));
    writeFileSync(join(state.backups, `dev.18.json.${extension}`), pack(sound));
    writeFileSync(`${state.file}.${extension}`, content);
    state = fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!;
    return state.file;
  };

  test.each([
    ["cut short", pack(sound).subarray(0, 30), "It is cut short, or something else was written into it."],
    ["empty", Buffer.alloc(0), "It is empty."],
    ["empty inside", pack(""), "It is empty."],
    [
      "noise behind its mark",
      Buffer.concat([pack(sound).subarray(0, 12), Buffer.from("hello hello hello")]),
      "It is cut short, or something else was written into it.",
    ],
    [
      "of another stack",
      pack(stateOf("urn:pulumi:prod::p::t::a")),
      "It has resources of another stack (urn:pulumi:prod::p::t::a).",
    ],
  ])("that is %s is refused, with its packed copy", (_, content, why) => {
    const file = packed(content);
    const told = failure();
    expect([told.what, told.why]).toEqual([`The state of stack "dev" can't be used: ${file}`, why]);
    expect(told.fix).toContain(`cp ${join(state.backups, `dev.18.json.${extension}`)} ${file}, then`);
    expect(told.fix).toContain("the copy has 2 resources");
  });

  test("that is sound is let through, and so is a plain one in a packed one's place: Pulumi goes by the content", () => {
    packed(pack(sound));
    requireSoundState(state, "dev");
    writeFileSync(state.file, sound);
    requireSoundState(state, "dev");
  });
});

test("of a state that is there plain and packed, the one written last counts, as for Pulumi", () => {
  const look = () =>
    fileState({ backend: `file://${root}`, projectFolder: "/", project: "p", stack: "dev" })!.file;
  const packed = `${state.file}.gz`;
  writeFileSync(packed, gzipSync(sound));
  utimesSync(packed, 5, 5);
  expect(look()).toBe(state.file);
  utimesSync(state.file, 4, 4);
  expect(look()).toBe(packed);
});

test.each(["", "stacks/p", "backups/p/dev"])(
  "a folder of the state that can't be written is named: .pulumi/%s",
  (folder) => {
    const place = join(root, ".pulumi", folder);
    const access = (asked: string): void => {
      if (asked === place) throw new Error(`EROFS: read-only file system, access '${asked}'`);
    };
    expect(() => requireWritableState(state, access)).toThrow(
      expect.objectContaining({
        what: `The state can't be written: ${place} is read-only.`,
        why: `EROFS: read-only file system, access '${place}'`,
      }),
    );
  },
);

test.each([
  ["", "It does not say which layout the folder has."],
  ["{", "It does not say which layout the folder has."],
])("a layout file with %j is refused with the way back", (text, why) => {
  const file = join(root, ".pulumi", "meta.yaml");
  writeFileSync(file, text);
  expect(failure()).toMatchObject({
    what: `${file} can't be read.`,
    why,
    fix: `rm -r ${file} && echo 'version: 1' > ${file}`,
  });
});

test("a file where Pulumi keeps its folder is refused", () => {
  rmSync(join(root, ".pulumi"), { recursive: true });
  writeFileSync(join(root, ".pulumi"), "");
  expect(failure()).toMatchObject({
    what: `The state of stack "dev" can't be used: ${join(root, ".pulumi")}`,
    why: "It is a file where Pulumi keeps a folder.",
  });
});
