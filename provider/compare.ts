/**
 * The way to compare what a stack records with its account, for programs that do so without Pulumi's engine: the
 * provider's own reads and differences.
 */
import type { ChangeKind } from "./engine/diff.ts";
import { secretPaths } from "./engine/leaves.ts";
import { resources } from "./resources/index.ts";
import { hide } from "./server/hide.ts";
import { TwilioProvider, type Log } from "./server/provider.ts";
import { decodeWire, encodeWire, secretTexts, type WireProperties } from "./server/wire.ts";

export type { Wire, WireProperties } from "./server/wire.ts";

/** A resource as a state has it, secrets open: `value` beside the mark of a secret. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: WireProperties;
  readonly outputs: WireProperties;
  readonly ignoreChanges: readonly string[];
}

/** What is different, seen from the state: by path, as Pulumi writes it. */
export type Differences = Readonly<Record<string, { diffKind: ChangeKind; inputDiff: boolean }>>;

/** A resource as the account has it, secrets marked. */
export interface FoundResource {
  readonly inputs: WireProperties;
  readonly outputs: WireProperties;
  readonly differences: Differences;
}

/** What would be done to go back is told as what was done. */
const inverted: Readonly<Record<ChangeKind, ChangeKind>> = {
  add: "delete",
  update: "update",
  delete: "add",
  "add-replace": "delete-replace",
  "update-replace": "update-replace",
  "delete-replace": "add-replace",
};

/** Types that can be compared. */
export const comparedTypes: ReadonlySet<string> = new Set(resources.map(({ token }) => token));

/** One account, to compare with. */
export class AccountComparison {
  readonly #provider: TwilioProvider;

  /**
   * @param settings Of the provider, `twilio:*` and where its resources were
   * @param urn Of the provider, as the state has it
   * @throws UserError when the settings are wrong
   */
  constructor(settings: WireProperties, urn: string, { env, log }: { env: NodeJS.ProcessEnv; log: Log }) {
    this.#provider = new TwilioProvider({ definitions: resources, env, log });
    this.#provider.configure(decodeWire(settings).properties, urn);
  }

  /**
   * What a resource is at Twilio; undefined when it is gone.
   *
   * @throws Error with a message for users, without secrets
   */
  async find(recorded: RecordedResource): Promise<FoundResource | undefined> {
    const { urn, type, id, ignoreChanges } = recorded;
    const [inputs, state] = [decodeWire(recorded.inputs), decodeWire(recorded.outputs)];
    const subject = { urn, type };
    try {
      const found = await this.#provider.read(subject, {
        id,
        state: state.properties,
        inputs: inputs.properties,
      });
      if (found === undefined) return undefined;
      // What an update would do that says what was recorded.
      const { properties } = await this.#provider.diff(subject, found, inputs.properties, ignoreChanges);
      const definition = resources.find(({ token }) => token === type);
      const secrets = [...inputs.secrets, ...state.secrets, ...secretPaths(definition)];
      return {
        inputs: encodeWire({ properties: found.inputs, secrets }),
        outputs: encodeWire({ properties: found.state, secrets }),
        differences: Object.fromEntries(
          [...properties].map(([path, { kind, inInputs }]) => [
            path,
            { diffKind: inverted[kind], inputDiff: inInputs },
          ]),
        ),
      };
    } catch (error) {
      const hidden = [...this.#provider.credentials, ...secretTexts(inputs), ...secretTexts(state)];
      throw new Error(hide(error instanceof Error ? error.message : String(error), hidden), { cause: error });
    }
  }

  /** Stops what is on its way. */
  cancel(): void {
    this.#provider.cancel();
  }

  close(): void {
    this.#provider.close();
  }
}
