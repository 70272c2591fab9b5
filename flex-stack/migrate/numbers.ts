import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { readConfigFiles, settingsOf, type ConfigFiles } from "../config-files/config-files.ts";
import { refusalOf } from "../config-files/refusal.ts";
import { stackFile } from "../project/project.ts";
import type { StackSession } from "../session/stack-session.ts";
import { isObject, parsedJson } from "../values/property-value.ts";
import { cutOf, stageOf, type Cut, type NumberSettings, type Stage } from "./stage.ts";

/** A number as the configuration of a stack has it. */
export interface Numbered {
  /** Its key below `messageHandling.numbers`. */
  readonly key: string;
  readonly phoneNumber: string;
  readonly stage: Stage;
  /** Of one that is on its way. */
  readonly cut: Cut | undefined;
  readonly settings: NumberSettings;
}

/** What the configuration of a stack says of its numbers. */
export interface Configured {
  readonly stack: string;
  readonly files: ConfigFiles;
  /** All below `flex-messaging:`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** `messageHandling` itself. */
  readonly handling: Readonly<Record<string, unknown>>;
  readonly numbers: readonly Numbered[];
}

/** Reads it. @throws Failure when the next update would not accept it */
export function readNumbers({
  projectFolder,
  name,
}: Pick<StackSession, "projectFolder" | "name">): Configured {
  const files = readConfigFiles(stackFile(projectFolder, name));
  const why = refusalOf(files, name);
  if (why !== undefined)
    throw new Failure({
      what: `The configuration of stack "${name}" is not accepted.`,
      why,
      fix: `Correct ${files.stack.name}.`,
      exitCode: ExitCode.usage,
    });
  const settings = settingsOf(files);
  // pulumi config set writes a map as JSON text.
  const given = parsedJson(settings["messageHandling"]);
  const handling = isObject(given) ? given : {};
  const entries = isObject(handling["numbers"]) ? Object.entries(handling["numbers"]) : [];
  const numbers = entries.flatMap(([key, number]): Numbered[] =>
    isObject(number)
      ? [
          {
            key,
            phoneNumber: String(number["phoneNumber"]),
            stage: stageOf(number, handling["kind"]),
            cut: cutOf(number),
            settings: number,
          },
        ]
      : [],
  );
  return { stack: name, files, settings, handling, numbers };
}

/** The number of a key, or in E.164. @throws Failure that names the known ones */
export function numberNamed({ stack, numbers }: Configured, key: string): Numbered {
  const found = numbers.find((one) => one.key === key || one.phoneNumber === key);
  if (found !== undefined) return found;
  const known = numbers.map((one) => one.key).join(", ");
  throw new Failure({
    what: `Stack "${stack}" has no number "${key}".`,
    why: known === "" ? "It has no numbers." : `Its numbers are ${known}.`,
    fix:
      known === ""
        ? "Declare one below flex-messaging:messageHandling.numbers."
        : "Choose one with --number.",
    exitCode: ExitCode.usage,
  });
}

/** The number itself, where it is one that can be moved. @throws Failure */
export function requireMovable(number: Numbered, stack: string): Numbered {
  if (number.stage !== "custom") return number;
  throw new Failure({
    what: `The number ${number.key} of stack "${stack}" is of kind custom: not moved by this.`,
    why: "A handler of your own gets its messages, and this moves numbers of Chat and Proxy.",
    fix: "Set kind: conversations in place of custom when its handler is to go: that is one step.",
    exitCode: ExitCode.usage,
  });
}
