import type { Twilio } from "twilio";
import { answerOf } from "../account/answer.ts";
import type { Finding } from "./finding.ts";

/** Whether it is the activity of a worker that differs, which TaskRouter sets by itself when a reservation times out. */
export function isActivity({ type, property, kind }: Finding): boolean {
  return kind === "changed" && type === "twilio:taskrouter:Worker" && property === "activitySid";
}

/** The same findings, with what the routing itself did: nobody touched a worker whom a reservation timed out on. */
export function withCauses(client: Twilio, findings: readonly Finding[]): Promise<Finding[]> {
  return Promise.all(
    findings.map(async (finding) => {
      const cause = isActivity(finding) ? await causeOf(client, finding) : undefined;
      return cause === undefined ? finding : { ...finding, cause };
    }),
  );
}

async function causeOf(client: Twilio, { id }: Finding): Promise<string | undefined> {
  const [workspaceSid = "", workerSid = ""] = id.split("/");
  const worker = client.taskrouter.v1.workspaces(workspaceSid).workers(workerSid);
  const answer = await answerOf(async () => {
    const { dateStatusChanged } = await worker.fetch();
    const reservations = await worker.reservations.list({ reservationStatus: "timeout", limit: 1000 });
    return reservations.findLast(({ dateUpdated }) => dateUpdated.getTime() === dateStatusChanged.getTime());
  });
  // What can't be read leaves the drift as it is: found, and nothing said of why.
  if (answer.kind !== "found" || answer.value === undefined) return undefined;
  const { sid, taskSid } = answer.value;
  return `TaskRouter did this itself, when reservation ${sid} of task ${taskSid} timed out`;
}
