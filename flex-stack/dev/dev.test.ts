import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parsed, type StreamEvent } from "./event-stream.ts";
import { SerialRuns, watchFiles } from "./index.ts";

describe("files that are watched", () => {
  let folder: string;
  let told: string[];
  let end: () => void;
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  /** What was told, once something that surely is told was. */
  const since = async (change: () => void): Promise<string[]> => {
    told.length = 0;
    change();
    write("last.ts", String(Math.random()));
    while (!told.includes("last.ts")) await sleep(20);
    return told.filter((file) => file !== "last.ts");
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "watch-"));
    for (const inner of ["flows", "node_modules/x", ".local", "dist"])
      mkdirSync(join(folder, inner), { recursive: true });
    write("index.ts", "1");
    write("flows/menu.json", "{}");
    told = [];
    const watch = watchFiles(folder, (files) => told.push(...files));
    end = () => watch.close();
  });
  afterEach(() => {
    end();
    rmSync(folder, { recursive: true });
  });

  test.each<[string, () => void, string[]]>([
    ["a file is written", () => write("index.ts", "2"), ["index.ts"]],
    ["one in a folder is", () => write("flows/menu.json", "[]"), ["flows/menu.json"]],
    [
      "several are",
      () => {
        write("Pulumi.dev.yaml", "config:");
        write("index.ts", "2");
        write("index.ts", "3");
      },
      ["Pulumi.dev.yaml", "index.ts"],
    ],
    ["one is deleted", () => rmSync(join(folder, "index.ts")), ["index.ts"]],
    ["one says the same", () => write("index.ts", "1"), []],
    ["one was changed and changed back", () => (write("index.ts", "2"), write("index.ts", "1")), []],
    [
      "others are",
      () => ["node_modules/x/a.js", ".local/a.json", "dist/a.js"].forEach((file) => write(file, "2")),
      [],
    ],
    [
      "a test, a text or a hidden file is",
      () => ["index.test.ts", "a.md", ".a.json"].forEach((file) => write(file, "2")),
      [],
    ],
    ["a link leads nowhere", () => symlinkSync("nowhere", join(folder, "link")), []],
  ])("when %s", async (_, change, expected) => {
    expect(await since(change)).toEqual(expected);
  });

  test("in a folder that is made later", async () => {
    await since(() => mkdirSync(join(folder, "more")));
    expect(await since(() => write("more/new.ts", "1"))).toEqual(["more/new.ts"]);
    expect(await since(() => rmSync(join(folder, "more"), { recursive: true }))).toEqual(["more/new.ts"]);
  });
});

test("what asks during a run gets one more, whatever it is", async () => {
  const ran: (readonly string[])[] = [];
  const gates: (() => void)[] = [];
  const runs = new SerialRuns(async (why) => {
    ran.push(why);
    await new Promise<void>((resolve) => gates.push(resolve));
  });
  const first = runs.ask(["a"]);
  void runs.ask(["b"]);
  const last = runs.ask(["c", "b"]);
  expect(ran).toEqual([["a"]]);
  gates.shift()?.();
  await sleep(0);
  expect(ran).toEqual([["a"], ["b", "c"]]);
  gates.shift()?.();
  await Promise.all([first, last, runs.idle]);
  expect(ran).toHaveLength(2);
});

describe("server-sent events", () => {
  const read = async (...chunks: string[]): Promise<StreamEvent[]> => {
    const events: StreamEvent[] = [];
    for await (const event of parsed(ReadableStream.from(chunks))) events.push(event);
    return events;
  };

  test.each<[string, string[], object[]]>([
    ["one", ["event: hello\ndata: 1\n\n"], [{ event: "hello", data: "1" }]],
    ["with an id", ["id: a-1\nevent: x\nretry: 5\ndata: {}\n\n"], [{ id: "a-1", event: "x", data: "{}" }]],
    [
      "in pieces",
      ["da", "ta: 1\n", "\nda", "ta: 2\n\n"],
      [
        { event: "message", data: "1" },
        { event: "message", data: "2" },
      ],
    ],
    ["of several lines", ["data: 1\ndata:2\n\n"], [{ event: "message", data: "1\n2" }]],
    ["a comment, and one that is cut", [": hm\n\ndata: 1\n"], []],
  ])("%s", async (_, chunks, expected) => {
    expect(await read(...chunks)).toEqual(expected);
  });
});
