#!/usr/bin/env node
// Stands in for the Pulumi CLI: answers each command from a script, and notes what it was asked.
//
// SCRIPTED_PULUMI names a JSON file: { "<command>": { events?, stdout?, stderr?, code?, waitForSignal?, unheard?, spoil? } }, where a
// command is `up`, `preview`, `destroy`, `preview --exclude`, `destroy --preview-only`, `stack export` …
// Its log (one JSON line per call or signal) is written beside it.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

const file = process.env.SCRIPTED_PULUMI;
const script = JSON.parse(readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const note = (entry) => appendFileSync(`${file}.log`, `${JSON.stringify(entry)}\n`);

if (args[0] === "version") {
  console.log(`v${script.version}`);
  process.exit(0);
}

const variant = ["--preview-only", "--exclude"].find((option) => args.includes(option));
const command =
  args[0] === "stack" ? `stack ${args[1]}` : variant === undefined ? args[0] : `${args[0]} ${variant}`;
const {
  events = [],
  stdout = "",
  stderr = "",
  code = 0,
  waitForSignal = false,
  unheard = false,
  spoil = {},
} = script[command] ?? {};
note({
  command,
  args,
  passphrase: process.env.PULUMI_CONFIG_PASSPHRASE ?? null,
  localTwilio: process.env.TWILIO_PROVIDER_LOCAL_TWILIO,
  readOnly: process.env.TWILIO_PROVIDER_READ_ONLY,
});

for (const [path, text] of Object.entries(spoil)) writeFileSync(path, text);
process.on("SIGINT", () => note({ signal: "SIGINT" }));
const log = args[args.indexOf("--event-log") + 1];
if (args.includes("--event-log") && !unheard) {
  // As Pulumi does when it comes to its end.
  const end = code === 0 && !events.some(({ summaryEvent }) => summaryEvent) ? [{ summaryEvent: {} }] : [];
  writeFileSync(log, [...events, ...end].map((event) => `${JSON.stringify(event)}\n`).join(""));
}
if (waitForSignal) {
  note({ ready: true });
  await new Promise((resolve) => {
    const alive = setInterval(() => undefined, 1000);
    // Long enough for a second signal to arrive, were one sent by mistake.
    process.once("SIGINT", () => setTimeout(() => resolve(clearInterval(alive)), 200));
  });
}
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
