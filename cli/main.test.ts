import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { collect } from "../tests/support/commandLine.ts";
import { main } from "./main.ts";

describe("the command line", () => {
  let folder: string;
  let written: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "flex-stack-"));
    written = "";
    const keep = (text: unknown): boolean => {
      written += String(text);
      return true;
    };
    jest.spyOn(process.stdout, "write").mockImplementation(keep);
    jest.spyOn(process.stderr, "write").mockImplementation(keep);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test.each([
    [["--help"], 0, "Exit codes:"],
    [["up", "--help"], 0, "Examples:"],
    [["help", "preview"], 0, "--expect-no-changes"],
    [["--version"], 0, "flex-stack 0.1.0 (Pulumi 3."],
    [["prevew"], 2, "Did you mean preview?"],
    [["up", "--staack", "x"], 2, "Did you mean --stack?"],
    [["up", "extra"], 2, "too many arguments"],
    [["up", "--parallel", "0"], 2, "It must be a whole number from 1 to 10000."],
    [["preview", "-p", "99999999999"], 2, "It must be a whole number from 1 to 10000."],
    [["emulator", "--port", "99999"], 2, "It must be a whole number from 0 to 65535."],
    [["emulator", "--seed", "x.json", "--empty"], 2, "cannot be used with option"],
    [["preview", "--json", "--format", "html"], 2, "cannot be used with option '--json'"],
    [["drift", "--help"], 0, "text, markdown, json, html; --json is --format json"],
  ])("%j exits with %d", async (words, code, text) => {
    expect(await main(words, collect().terminal)).toBe(code);
    expect(written).toContain(text);
  });

  test.each([
    [["up", "--staack", "x"], /^unknown option '--staack'\n\(Did you mean --stack\?\)$/],
    [["preview", "-p", "0"], "argument '0' is invalid. It must be a whole number from 1 to 10000."],
    [["prevew"], "unknown command 'prevew'"],
    // What overrides a refusal is no suggestion.
    [["migrate", "next", "--number", "main", "--format", "x"], /^unknown option '--format'$/],
  ])("%j with --json prints the document of a failure", async (words, what) => {
    const { terminal, out } = collect();
    expect(await main([...words, "--json"], terminal)).toBe(2);
    expect(JSON.parse(out.join("\n"))).toEqual({
      result: "failed",
      error: { what: expect.stringMatching(what), fix: "Try flex-stack --help." },
      exitCode: 2,
    });
  });

  test.each([
    [["up"], {}, 2, "is not in a Pulumi project."],
    [["emulator"], {}, 2, "is not in a Pulumi project."],
    [
      ["preview", "--stack", "prod"],
      { "Pulumi.yaml": "name: p", "Pulumi.dev.yaml": "" },
      6,
      'There is no stack "prod"',
    ],
    [["destroy"], { "Pulumi.yaml": "name: p", "Pulumi.dev.yaml": "" }, 1, "does not say which Pulumi to use"],
    [
      ["up"],
      {
        "Pulumi.yaml": "name: p",
        "Pulumi.dev.yaml": "",
        "package.json": '{"dependencies":{"pulumi":"0.0.1"}}',
      },
      1,
      "error: Pulumi 0.0.1 is not installed.",
    ],
  ])("%j in a folder with %j exits with %d", async (words, files, code, text) => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { terminal, out, err } = collect();
    expect(await main([...words, "--cwd", folder], terminal)).toBe(code);
    expect(err.join("\n")).toContain(text);
    expect(out).toEqual([]);
  });
});
