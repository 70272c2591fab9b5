import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";
import type { StackSession } from "../session/stack-session.ts";
import { remoteResources } from "../state/deployment.ts";
import type { AdoptedFile } from "./files.ts";

/** A stack that is in use says what it has in its own words; adopting anew would say it in others. @throws Failure */
export async function refuseInUse(session: StackSession, files: readonly AdoptedFile[]): Promise<void> {
  const replaced = files.flatMap(({ replaces }) => replaces);
  if (replaced.length === 0 || remoteResources((await session.deployed()) ?? []).length === 0) return;
  throw new Failure({
    what: `Stack "${session.name}" is in use, and adopting its account anew would replace ${replaced.join(", ")}.`,
    why: "Its state holds resources under the names that its configuration and program give them.",
    fix:
      `npx flex-stack drift --stack ${session.name} --fix adopt takes over what was changed at Twilio;\n` +
      "--print or --output FOLDER show what would be written.",
    exitCode: ExitCode.usage,
  });
}
