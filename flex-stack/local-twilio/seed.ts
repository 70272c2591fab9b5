import { resolve } from "node:path";
import { readSeed, type Seed, type SeedName } from "../../emulator/index.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { emulatorFailure } from "./emulator-failure.ts";
import type { EmulatorOptions } from "./emulator-options.ts";

/** The one seed that is asked for by name; a file of that name is `./flex-conversations`. */
const withConversations: SeedName = "flex-conversations";

/** What a new account starts from: what was named, nothing, or what Flex 1.x makes. @throws Failure for a wrong file */
export function chooseSeed({ seed, empty }: Pick<EmulatorOptions, "seed" | "empty">): Seed | SeedName {
  if (!seed) return empty ? "empty" : "flex";
  if (seed === withConversations) return withConversations;
  try {
    return readSeed(resolve(seed));
  } catch (error) {
    throw emulatorFailure(error);
  }
}

/** Refuses what a new account would start from, where the database has its account already. @throws Failure */
export function refuseSeed({ file, seed, empty }: Pick<EmulatorOptions, "file" | "seed" | "empty">): void {
  if (!seed && !empty) return;
  throw new Failure({
    what: `${file} has an account already, so --${seed ? "seed" : "empty"} can't apply.`,
    fix: "Add --reset to throw it away first, or name another --file.",
    exitCode: ExitCode.usage,
  });
}
