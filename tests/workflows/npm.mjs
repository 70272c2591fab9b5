#!/usr/bin/env node
// Stands in for npm in the commands of workflows: runs a script of package.json without the set-up before it.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const programs = { "flex-stack": "cli/main.ts", ci: "ci/main.ts" };
const [, script, ...args] = process.argv.slice(2);
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const [, , program, ...words] = scripts[script].split(" ");
const given = args[0] === "--" ? args.slice(1) : args;
const node = join(root, "node_modules", ".bin", "node");
const { status } = spawnSync(node, [join(root, programs[program]), ...words, ...given], { stdio: "inherit" });
process.exitCode = status ?? 1;
