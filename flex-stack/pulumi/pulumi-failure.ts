import { hostname } from "node:os";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { PulumiExit } from "./pulumi-process.ts";
import { configFileName } from "./stack-name.ts";

interface KnownFailure {
  pattern: RegExp;
  exitCode: number;
  what(match: RegExpMatchArray, stack: string): string;
  /** Pulumi's own words when left out. */
  why?(match: RegExpMatchArray, stack: string): string | undefined;
  fix(match: RegExpMatchArray, stack: string): string;
}

const knownFailures: readonly KnownFailure[] = [
  {
    pattern: /no stack named '([^']*)' found/,
    exitCode: ExitCode.stackNotFound,
    what: ([, name]) => `There is no stack "${name}".`,
    why: () => undefined,
    fix: () => "npm run up -- --stack NAME creates it.",
  },
  {
    pattern: /(?:open|write|mkdir|rename|create) (\/\S+): (no space left on device|disk quota exceeded)/,
    exitCode: ExitCode.failed,
    what: ([, file]) => `${file} can't be written: the disk is full.`,
    why: () => undefined,
    fix: () => "Make room there, then run it again.",
  },
  {
    pattern: /(?:open|write|mkdir|rename|create) (\/\S+): (read-only file system|permission denied)/,
    exitCode: ExitCode.failed,
    what: ([, file]) => `${file} can't be written.`,
    why: ([, , why]) => `The system says: ${why}.`,
    fix: () => "Correct the permissions, or keep the project and its state elsewhere; then run it again.",
  },
  {
    pattern: /incorrect passphrase/,
    exitCode: ExitCode.failed,
    what: (_, stack) => `The passphrase does not open the secrets of stack "${stack}".`,
    why: (_, stack) =>
      `PULUMI_CONFIG_PASSPHRASE (or the file named by PULUMI_CONFIG_PASSPHRASE_FILE) is not the stack's, or encryptionsalt in ${configFileName(stack)} was changed.`,
    fix: (_, stack) =>
      `Set the stack's own passphrase (for a local stack unset both variables: its passphrase is empty), or take encryptionsalt of ${configFileName(stack)} from version control.`,
  },
  {
    pattern: /malformed (?:state value|salt)/,
    exitCode: ExitCode.usage,
    what: (_, stack) => `encryptionsalt in ${configFileName(stack)} is damaged.`,
    why: () => "It is not what Pulumi wrote there, so nothing secret of the stack can be read.",
    fix: (_, stack) =>
      `Take the line from version control. Where it is lost, so are the secrets: take it and every "secure:" value out of ${configFileName(stack)}, and set them anew with npx pulumi config set --secret.`,
  },
  {
    pattern: /message authentication failed|nonce size is incorrect|\bbad value\b|illegal base64/,
    exitCode: ExitCode.usage,
    what: (_, stack) => `A secret of stack "${stack}" can't be decrypted.`,
    why: (_, stack) =>
      `A "secure:" value or encryptionsalt in ${configFileName(stack)} was cut, changed, or comes from another stack.`,
    fix: (_, stack) =>
      `Take the file from version control, or set the secret anew: npx pulumi config set --secret KEY --stack ${stack}`,
  },
  {
    pattern: /stack '([^']*)' already exists/,
    exitCode: ExitCode.failed,
    what: (_, stack) => `Another run has just created stack "${stack}".`,
    why: () => "Two runs of a new stack began at the same time; this one has done nothing.",
    fix: () => "Run it again when the other one has ended.",
  },
  {
    pattern: /passphrase must be set/,
    exitCode: ExitCode.usage,
    what: (_, stack) => `The secrets of stack "${stack}" need their passphrase.`,
    why: () => undefined,
    fix: () =>
      "export PULUMI_CONFIG_PASSPHRASE_FILE=FILE, a file that only you can read, with the passphrase in it.",
  },
  {
    pattern: /currently locked by[^]*?created by ([^@\s]*)@(\S+) \(pid (\d+)\) at (\S+)/,
    exitCode: ExitCode.failed,
    what: (_, stack) => `Stack "${stack}" is locked by another run.`,
    why: ([, user, host, pid, since]) =>
      `${user}@${host} started it at ${since} (process ${pid}${hasEnded(host, pid) ? ", which has ended without unlocking" : ""}).`,
    fix: ([, , host, pid], stack) => {
      const unlock = `npx pulumi cancel --yes --stack ${stack}`;
      if (hasEnded(host, pid)) return "Run it again: what it left is put in order.";
      return host === hostname()
        ? "Run it again: it waits for that one, and sees what it changed."
        : `Wait for it to end. If it was killed: ${unlock}`;
    },
  },
  {
    pattern: /Another update is currently in progress|currently locked by/,
    exitCode: ExitCode.failed,
    what: (_, stack) => `Stack "${stack}" is locked by another run.`,
    fix: (_, stack) => `Wait for it to end. If it was killed: npx pulumi cancel --yes --stack ${stack}`,
  },
  {
    pattern: /PULUMI_ACCESS_TOKEN must be set|invalid access token|\[?401\]?:? Unauthorized/i,
    exitCode: ExitCode.authentication,
    what: () => "Pulumi is not logged in to the state backend.",
    fix: () => "npx pulumi login, or set PULUMI_ACCESS_TOKEN.",
  },
  {
    pattern: /configuration key '([^']+)' must be of type '([^']+)'/,
    exitCode: ExitCode.usage,
    what: ([, key, type]) => `${key} must be of type ${type}.`,
    why: () => undefined,
    fix: (_, stack) => `Correct it in ${configFileName(stack)}.`,
  },
  {
    pattern: /is missing configuration values? ('[^\n]+')/,
    exitCode: ExitCode.usage,
    what: ([, keys = ""], stack) => `${configFileName(stack)} lacks ${keys.replaceAll("'", "")}.`,
    why: () => "Every stack of this project needs them; Pulumi.yaml says what they are.",
    fix: () => "Take them from the file of another stack, with the values of this one.",
  },
  {
    pattern: /unknown (?:shorthand )?flag:? .*/,
    exitCode: ExitCode.usage,
    what: ([found]) => `Pulumi does not know an option that was given after "--": ${found}.`,
    why: () => undefined,
    fix: () => "npx pulumi up --help lists what it knows.",
  },
  {
    pattern: /(?:could not unmarshal|yaml: line|invalid YAML).*/i,
    exitCode: ExitCode.usage,
    what: () => "A configuration file of the stack can't be read.",
    fix: () => "Correct the file at that place.",
  },
  {
    pattern:
      /(?:failed to load language plugin|no language plugin|could not find plugin|executable file not found).*/,
    exitCode: ExitCode.failed,
    what: () => "Pulumi lacks a part that set-up puts in place.",
    fix: () => "npm run setup",
  },
  {
    pattern:
      /(?:dial tcp|connection refused|no such host|i\/o timeout|could not open (?:state|bucket)|GetObject|ListObjects).*/,
    exitCode: ExitCode.failed,
    what: () => "The state backend can't be reached.",
    fix: () => "Check the network and PULUMI_BACKEND_URL (or backend.url in Pulumi.yaml).",
  },
];

/** What Pulumi printed before it gave up, as a failure with a way out. */
export function pulumiFailure(exit: PulumiExit, stack: string): Failure {
  const { code, stderr, stdout, signal } = exit.result;
  if (signal === "SIGKILL" || signal === "SIGSEGV" || signal === "SIGABRT") {
    return new Failure({
      what: `Pulumi was killed (${signal}) before it was done.`,
      why: "Somebody ended the process, or the machine ran out of memory.",
      fix: "Run it again: it goes on from what is recorded, and finds what was made in the meantime.",
      cause: exit,
    });
  }
  const said = errorLines(stderr) || errorLines(stdout);
  for (const known of knownFailures) {
    const match = known.pattern.exec(said);
    if (!match) continue;
    const why = known.why ? known.why(match, stack) : said;
    return new Failure({
      what: known.what(match, stack),
      ...(why ? { why } : {}),
      fix: known.fix(match, stack),
      exitCode: known.exitCode,
      cause: exit,
    });
  }
  if (said) return new Failure({ what: said, exitCode: code, cause: exit });
  return new Failure({
    what: `Pulumi failed without saying why (exit code ${code}).`,
    fix: `Run it again; npx pulumi preview --debug --stack ${stack} tells more.`,
    exitCode: code,
    cause: exit,
  });
}

/** From the first `error:` on, that word taken away. */
function errorLines(output: string): string {
  const text = output.replaceAll(/\u001b\[[\d;]*m/g, "");
  const start = text.search(/^error: /m);
  return start < 0
    ? ""
    : text
        .slice(start)
        .replaceAll(/^error: /gm, "")
        .trim();
}

function hasEnded(host: string | undefined, pid: string | undefined): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
