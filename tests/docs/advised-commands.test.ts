import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import type { Command } from "commander";
import { commands } from "../../cli/commands/commands.ts";

// Every command that a message of ours names is one that can be typed: the command and its options exist.

const root = fileURLToPath(new URL("../..", import.meta.url));
const context = { terminal: undefined as never, pulumiOptions: [], finish: () => undefined };
const known = new Map<string, Command>(commands.map((make) => make(context)).map((one) => [one.name(), one]));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** What Pulumi 3.259 knows, of what is named; with a word below. */
const ofPulumi = new Set([
  "cancel",
  "config set",
  "config rm",
  "config",
  "destroy",
  "import",
  "login",
  "preview",
  "refresh",
  "stack export",
  "stack import",
  "stack init",
  "stack rm",
  "stack ls",
  "stack",
  "state delete",
  "state unprotect",
  "up",
  "state repair",
]);

interface Advice {
  readonly file: string;
  readonly line: string;
}

/** `npx flex-stack up --refresh --stack ${name}`, as far as words and options go on. */
const advised =
  /\b(?:npx (?:flex-stack|pulumi)|npm run [a-z:-]+)(?: (?:--(?=\s)|-{1,2}[a-z][\w-]*|\$\{[^}]*\}|[A-Z]+|[a-z]+(?:[:=][^\s"'`,;.)]*)?|'[^']*'))*/g;

const all: readonly Advice[] = ["cli", "flex-stack", "provider", "policy", "ci", "emulator"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .filter(
    (file) => /\.ts$/.test(file) && !/\.(test|fixture)\.ts$/.test(file) && !file.includes("node_modules"),
  )
  .flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(advised)].map(([line]) => ({ file, line })),
  );

test("there are some", () => expect(all.length).toBeGreaterThan(30));

describe.each(all)("$file: $line", ({ line }) => {
  test("can be typed", () => {
    const [, tool = "", ...words] = line
      .replace(/^npm run/, "npm-run")
      .replace(/^(npm-run)/, "npm $1")
      .split(/\s+/);
    if (tool === "pulumi") {
      const names = words.filter((word) => /^[a-z]+$/.test(word));
      // The tool alone, in a sentence.
      if (names.length === 0 || names[0] === "or") return;
      expect(ofPulumi.has(names.slice(0, 2).join(" ")) || ofPulumi.has(names[0] ?? "")).toBe(true);
      return;
    }
    const [script = "", ...rest] = tool === "npm-run" ? words : ["flex-stack", ...words];
    expect(Object.keys(scripts)).toContain(script);
    const own = known.get(script);
    const given = rest.filter((word) => word !== "--");
    const command = own ?? (script === "flex-stack" ? known.get(given[0] ?? "") : undefined);
    if (script !== "flex-stack" && own === undefined) return;
    // "npx flex-stack" alone names the tool.
    if (command === undefined)
      return expect(given.filter((word) => word.startsWith("-") && word !== "--help")).toEqual([]);
    // `simulate sms` has options of its own.
    const parts = [command, ...command.commands.filter((one) => given.includes(one.name()))];
    const flags = new Set([
      "--help",
      ...parts.flatMap(({ options }) => options).flatMap(({ long, short }) => [long, short]),
    ]);
    const options = given.filter((word) => word.startsWith("-")).map((word) => word.split("=")[0]);
    expect(options.filter((option) => !flags.has(option))).toEqual([]);
  });
});
