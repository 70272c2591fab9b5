#!/usr/bin/env node
// Plain JavaScript that any Node runs: finds the Node that this project is for, and hands over.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const needed = 24;

if (Number(process.versions.node.split(".")[0]) >= needed) {
  // Before the first module whose types have to be stripped.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache(fileURLToPath(new URL("../.local/compile-cache", import.meta.url)));
  const { run } = await import("./main.ts");
  await run();
} else {
  const node = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));
  if (existsSync(node)) {
    handOver(node);
  } else {
    console.error(
      `error: flex-stack needs Node ${needed}; this is ${process.version}.\n  fix: npm run setup`,
    );
    process.exitCode = 1;
  }
}

function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; only the child acts on it. Signals sent to us alone are passed on.
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}
