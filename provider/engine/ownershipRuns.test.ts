import { expect, test } from "@jest/globals";
import fc from "fast-check";

import { placeSid, sessionOn, thing, Things, what } from "../testing/thing.ts";
import { Claims } from "./claims.ts";
import { create } from "./create.ts";
import { parseId } from "./id.ts";
import type { Owner, Records } from "./records.ts";
import { remove } from "./remove.ts";
import type { Session } from "./session.ts";
import type { Properties } from "./value.ts";

/** One entry of the state. */
interface Entry extends Owner {
  id: string;
  /** The old half of a replacement. */
  leaving: boolean;
}

/** What a program says of one object: under which of three names it declares it, and how. */
interface Declared {
  name: number;
  /** Former name that is given as an alias. */
  alias: number | undefined;
  /** Made anew, and taken over again, in its own place. */
  replace: boolean;
  targeted: boolean;
}
interface Run {
  objects: (Declared | undefined)[];
  /** How many steps are done before the run ends on its own. */
  steps: number;
  /** Whether the last of them is not recorded any more. */
  lost: boolean;
  destroy: boolean;
}

const declared = fc.record({
  name: fc.nat(2),
  alias: fc.option(fc.nat(2), { nil: undefined }),
  replace: fc.boolean(),
  targeted: fc.boolean(),
});
const run: fc.Arbitrary<Run> = fc.record({
  objects: fc.array(fc.option(declared, { nil: undefined, freq: 5 }), { minLength: 2, maxLength: 2 }),
  steps: fc.integer({ min: 1, max: 8 }),
  lost: fc.boolean(),
  destroy: fc.boolean(),
});

const urnOf = (object: number, name: number) =>
  `urn:pulumi:dev::test::twilio:test:Thing::object${object}-${name}`;
const inputsOf = (object: number): Properties => ({ placeSid, name: `object${object}`, adopt: true });

/** A stack whose engine works as Pulumi's does, on pretended things. */
class Stack {
  readonly things = new Things();
  readonly state: Entry[] = [];
  #session: Session = sessionOn(this.things);
  readonly #gone = new Set<Entry>();
  #left = 0;
  #lost = false;

  async do(run: Run): Promise<void> {
    let known: Entry[] | undefined;
    const records: Records = {
      owners: async (_, id) => (known ??= [...this.state]).filter((entry) => entry.id === id),
      elsewhere: async () => ({ stacks: [], unread: [] }),
    };
    this.#session = sessionOn(this.things, { claims: new Claims(), records });
    this.#left = run.steps;
    this.#lost = run.lost;
    const program = run.destroy ? [] : run.objects;
    const kept = new Set<string>();
    for (const [object, one] of program.entries()) if (one) await this.#declare(object, one, kept);
    const targeted = new Set(program.flatMap((one, object) => (one?.targeted === true ? [object] : [])));
    const gone = this.state.filter(({ urn, leaving }) => leaving || !kept.has(urn));
    await Promise.all(
      gone
        .filter(({ inputs }) => targeted.size === 0 || targeted.has(Number(String(inputs["name"]).at(-1))))
        .map((entry) => this.#delete(entry)),
    );
  }

  async #declare(object: number, { name, alias, replace }: Declared, kept: Set<string>): Promise<void> {
    const urn = urnOf(object, name);
    kept.add(urn);
    const live = (one: string) => this.state.find((entry) => entry.urn === one && !entry.leaving);
    const old = live(urn) ?? (alias === undefined ? undefined : live(urnOf(object, alias)));
    if (old) this.#session.claims.hold(thing, old.id, urn);
    if (old && !replace) old.urn = urn;
    if ((old && !replace) || this.#left <= 0) {
      if (old) kept.add(old.urn);
      return;
    }
    const inputs = inputsOf(object);
    const isNew = this.things.stored.size;
    const made = await create({ ...this.#session, urn }, thing, { inputs, what });
    // What was made and is not recorded is found again, but nobody knows whose it was.
    if (this.#ends() && this.things.stored.size === isNew) return;
    if (old) old.leaving = true;
    this.state.push({ urn, id: made.id, state: made.state, inputs, leaving: false });
  }

  async #delete(entry: Entry): Promise<void> {
    if (this.#left <= 0) return;
    const lost = this.#ends();
    const { urn, id, state, inputs } = entry;
    await remove({ ...this.#session, urn }, thing, {
      location: parseId(thing, id, this.#session.accountSid),
      state,
      inputs,
      what,
    });
    if (!lost) this.state.splice(this.state.indexOf(entry), 1);
    // Deleted, but still recorded: a later run finds it gone.
    else if (!this.#has(entry)) this.#gone.add(entry);
  }

  /** Entries whose object went although they need it. */
  get robbed(): Entry[] {
    return this.state.filter((entry) => !entry.leaving && !this.#gone.has(entry) && !this.#has(entry));
  }

  #has({ id }: Entry): boolean {
    return this.things.stored.has(id.split("/")[1]!);
  }

  /** Counts a step; whether the run ends before it is recorded. */
  #ends(): boolean {
    this.#left -= 1;
    return this.#left === 0 && this.#lost;
  }
}

const whole: Run = { objects: [], steps: 99, lost: false, destroy: true };

test("whatever is renamed, replaced, aliased, targeted or broken off, nothing that is needed goes, and nothing stays", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(run, { minLength: 1, maxLength: 6 }), async (runs) => {
      const stack = new Stack();
      for (const one of runs) {
        await stack.do(one);
        expect(stack.robbed).toEqual([]);
      }
      await stack.do(whole);
      expect([stack.state, [...stack.things.stored.keys()]]).toEqual([[], []]);
    }),
    { numRuns: 500 },
  );
});
