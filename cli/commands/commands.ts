import type { Command } from "commander";
import type { CommandContext } from "../terminal/command-context.ts";
import { adopt } from "./adopt.ts";
import { agent } from "./agent.ts";
import { completion } from "./completion.ts";
import { destroy } from "./destroy.ts";
import { dev } from "./dev.ts";
import { diagnose } from "./diagnose.ts";
import { drift } from "./drift.ts";
import { emulator } from "./emulator.ts";
import { migrate } from "./migrate.ts";
import { preview } from "./preview.ts";
import { flexUi } from "./flex-ui.ts";
import { report } from "./report.ts";
import { route } from "./route.ts";
import { simulate } from "./simulate.ts";
import { up } from "./up.ts";

/** Every command, in the order `--help` lists them. Their work is imported when they run. */
export const commands: readonly ((context: CommandContext) => Command)[] = [
  up,
  preview,
  report,
  drift,
  adopt,
  destroy,
  migrate,
  dev,
  simulate,
  agent,
  flexUi,
  diagnose,
  route,
  emulator,
  completion,
];
