import type { ExecutionInstance } from "twilio/lib/rest/studio/v2/flow/execution.js";
import type { TwilioAccount } from "../../account/account.ts";
import type { Reader } from "./reader.ts";

/** Most items that are read. */
const limits = { executions: 200, steps: 200 } as const;

export class StudioReads {
  readonly #flows: TwilioAccount["client"]["studio"]["v2"]["flows"];
  readonly #reader: Reader;

  constructor({ client }: TwilioAccount, reader: (product: string) => Reader) {
    this.#flows = client.studio.v2.flows;
    this.#reader = reader("Studio");
  }

  flow(sid: string) {
    return this.#reader.once(`flow ${sid}`, () => this.#flows(sid).fetch());
  }

  /** A flow as it was when it had this revision. */
  revision(sid: string, revision: number) {
    return this.#reader.once(`flow ${sid} ${revision}`, () =>
      this.#flows(sid).revisions(String(revision)).fetch(),
    );
  }

  /** Newest first. */
  executions(flowSid: string, since: Date): Promise<readonly ExecutionInstance[]> {
    return this.#reader.list(`executions ${flowSid} ${since.toISOString()}`, limits.executions, (page) =>
      this.#flows(flowSid).executions.list({ dateCreatedFrom: since, ...page }),
    );
  }

  /** Of an execution, newest first. */
  steps(flowSid: string, sid: string) {
    return this.#reader.list(`steps ${sid}`, limits.steps, (page) =>
      this.#flows(flowSid).executions(sid).steps.list(page),
    );
  }

  /** What an execution knows: its trigger, its variables, what each widget got. */
  context(flowSid: string, sid: string) {
    return this.#reader.once(`context ${sid}`, () =>
      this.#flows(flowSid).executions(sid).executionContext().fetch(),
    );
  }
}
