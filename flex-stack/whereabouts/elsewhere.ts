import {
  nameOfWhereabouts,
  shortIdentity,
  type Comparison,
  type Whereabouts,
} from "../../provider/access.ts";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import { things } from "./things.ts";

export interface Elsewhere {
  readonly stack: string;
  readonly found: Comparison & { kind: "other" };
  readonly recorded: Whereabouts;
  readonly configured: Whereabouts;
  /** How many resources the state records. */
  readonly count: number;
  /** The local Twilio at hand was started for this command, from the folder's own database. */
  readonly started: boolean;
}

/** The configuration of a stack leads elsewhere than to its resources: nothing can be said of them there. */
export function elsewhere(question: Elsewhere): Failure {
  const { stack, found, recorded } = question;
  if (found.of === "local Twilio") return otherLocalTwilio(question);
  if (found.of === "account") {
    return failure(question, `in account ${found.recorded}`, `for account ${found.configured}`, [
      `npx pulumi config set twilio:accountSid ${found.recorded} --stack ${stack}, and credentials of that account;`,
      `for ${found.configured} use a stack of its own`,
    ]);
  }
  if (found.of === "region") {
    return failure(question, `in region ${found.recorded}`, `for region ${found.configured}`, [
      `npx pulumi config set twilio:region ${found.recorded} --stack ${stack} (or TWILIO_REGION);`,
      `for ${found.configured} use a stack of its own`,
    ]);
  }
  const { endpoint } = recorded;
  return failure(question, `at ${found.recorded}`, `for ${found.configured}`, [
    endpoint === undefined
      ? `npx pulumi config rm twilio:endpoint --stack ${stack}`
      : `npx pulumi config set twilio:endpoint ${endpoint} --stack ${stack}`,
    "to go elsewhere use a stack of its own",
  ]);
}

function otherLocalTwilio({ stack, recorded, configured, count, started }: Elsewhere): Failure {
  const [was, is] = [recorded, configured].map(({ localTwilio = "" }) => shortIdentity(localTwilio));
  const what = started
    ? `the one of this folder is ${is}: its database was thrown away or is new`
    : `the one that listens on ${configured.endpoint} is ${is}: its database was thrown away, or another folder's listens there`;
  return new Failure({
    what: `The resources of stack "${stack}" are not in this local Twilio.`,
    why: `Its state records ${things(count)} in the local Twilio ${was}; ${what}.`,
    fix: [
      `npx flex-stack up --refresh --stack ${stack} makes all of it anew in this one;`,
      `npx flex-stack destroy --refresh --stack ${stack} forgets what is recorded;`,
      `to go on with ${was}, ${started ? "" : "end this one and "}run npm run emulator in the folder that has its .local/twilio.db.`,
    ].join("\n"),
    exitCode: ExitCode.elsewhere,
  });
}

/** None of what is recorded was found, and the state does not say where it was made. */
export function nothingFound(stack: string, place: Whereabouts, count: number): Failure {
  return new Failure({
    what: `Nothing that stack "${stack}" made is at ${nameOfWhereabouts(place)}.`,
    why: `Its state records ${things(count)} and does not say where they were made: all of it was deleted, or this is another place.`,
    fix: [
      `Correct twilio:endpoint or twilio:region, if they lead elsewhere than at the last update;`,
      `npx flex-stack up --refresh --stack ${stack} makes all of it anew here.`,
    ].join("\n"),
    exitCode: ExitCode.elsewhere,
  });
}

function failure(
  { stack, count }: Elsewhere,
  is: string,
  configured: string,
  fix: readonly string[],
): Failure {
  return new Failure({
    what: `The resources of stack "${stack}" are ${is}, and its configuration is ${configured}.`,
    why: `Its state records ${things(count)} there; nothing can be said of them, or done about them, elsewhere.`,
    fix: `${fix.join("\n")}.`,
    exitCode: ExitCode.elsewhere,
  });
}

/** `destroy --refresh` forgets a whole stack; where a part of it is there, that would be an orphan. */
export function partlyElsewhere(provider: string, stack: string): Failure {
  return new Failure({
    what: `A part of stack "${stack}" is in another local Twilio, and what provider "${provider}" looks after is there.`,
    why: "Only a whole stack can be forgotten.",
    fix: `npx flex-stack up --refresh --stack ${stack} makes the lost part anew; then npx flex-stack destroy --stack ${stack}.`,
    exitCode: ExitCode.elsewhere,
  });
}
