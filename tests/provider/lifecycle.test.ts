import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { isReadable } from "../../provider/engine/state.ts";
import { isAdoptable } from "../../provider/engine/ownInputs.ts";
import { leaves } from "../../provider/engine/leaves.ts";
import { resources } from "../../provider/resources/index.ts";
import { useLocalTwilio } from "../support/useLocalTwilio.ts";
import type { Case, Inputs } from "./case.ts";
import { cases } from "./cases/index.ts";
import { TestStack } from "./testStack.ts";
import type { Declaration, Outcome, Resource, Step } from "./testStack.ts";

const local = useLocalTwilio({ seed: "empty" });
const stacks: TestStack[] = [];
let stack: TestStack;
/** What the program declares at the moment; each test starts with what the one before left. */
let program: Declaration[] = cases.map(({ name, token, inputs }) => ({ name, token, inputs }));

beforeAll(async () => {
  stack = await newStack();
}, 60_000);
afterAll(() => stacks.forEach((one) => one.remove()));

async function newStack(): Promise<TestStack> {
  const one = new TestStack(local.emulator);
  stacks.push(one);
  return one.init();
}

const ofAccount = [
  "twilio:conversations:Configuration",
  "twilio:conversations:ConfigurationWebhooks",
  "twilio:flex:Configuration",
];
const definitionOf = ({ token }: { token: string }) => resources.find((one) => one.token === token)!;
const each = (step: (one: Case) => Step | undefined): { [name: string]: Step } =>
  Object.fromEntries(cases.flatMap((one) => (step(one) === undefined ? [] : [[one.name, step(one)!]])));
const context = (one: Case, from: { [name: string]: Resource }) =>
  one.at(local.client, ...from[one.name]!.id.split("/"));

/** Whether a resource has what it could be adopted by. */
const isNamed = (one: Declaration) =>
  definitionOf(one).keys?.some((key) => key.inputs.every((input) => input in one.inputs)) === true;

/** The steps of an operation that succeeded. */
function steps({ code, output, steps }: Outcome): { [name: string]: Step } {
  if (code !== 0) throw new Error(`pulumi ended with ${code}:\n${output}`);
  return steps;
}

/** What Twilio has at a dotted path, `limits.channelMembers` of the SDK's `{ limits: { channel_members } }`. */
function shown(answer: unknown, path: string): unknown {
  const [first = "", ...rest] = path.split(".");
  const keys = [first, ...rest.map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))];
  let value: unknown = answer;
  for (const key of keys) value = (value as { [key: string]: unknown } | null | undefined)?.[key];
  return value ?? null;
}

/** Inputs without those at dotted paths. */
function without(inputs: Inputs, paths: readonly string[]): Inputs {
  const copy = structuredClone(inputs);
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop()!;
    let target: Inputs | undefined = copy;
    for (const key of keys) target = target?.[key] as Inputs | undefined;
    delete target?.[last];
  }
  return copy;
}

/** Values with what references stand for. */
function resolved(value: unknown, from: { [name: string]: Resource }): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$ref" in value && typeof value.$ref === "string") {
    const [name = "", output = ""] = value.$ref.split(".");
    return from[name]?.outputs[output];
  }
  if (Array.isArray(value)) return value.map((item) => resolved(item, from));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolved(item, from)]));
}

async function expectNoChanges(): Promise<void> {
  expect(steps(await stack.preview(program, "--refresh", "--expect-no-changes"))).toEqual({});
}

describe("the cases", () => {
  test("are about every type of resource", () => {
    const covered = new Set(cases.map(({ token }) => token));
    expect(resources.map(({ token }) => token).filter((token) => !covered.has(token))).toEqual([
      // An account has one that every stack shares: flexConfiguration.test.ts, conversationsConfiguration.test.ts.
      ...ofAccount,
    ]);
  });

  test.each(resources.filter(({ token }) => !ofAccount.includes(token)))(
    "change every property of $token that can change at Twilio",
    (definition) => {
      const { token } = definition;
      const drifting = new Set(
        cases.filter((one) => one.token === token).flatMap(({ drift }) => Object.keys(drift)),
      );
      const changeable = leaves(definition).inputs.filter(
        (leaf) => isReadable(leaf) && leaf.field.createOnly !== true,
      );
      expect(changeable.map(({ name }) => name).filter((name) => !drifting.has(name))).toEqual(
        // Twilio does not let anybody turn it off again.
        token === "twilio:taskrouter:Workspace" ? ["multiTaskEnabled"] : [],
      );
    },
  );
});

describe("every resource", () => {
  test("is created, and then there is nothing to do", async () => {
    expect(steps(await stack.up(program))).toEqual(each(() => ({ op: "create", paths: [] })));
    await expectNoChanges();
  }, 120_000);

  test("is updated when one property changes, and then there is nothing to do", async () => {
    const changed = (one: Case) => Object.keys(one.update).length > 0;
    program = cases.map(({ name, token, inputs, update }) => ({
      name,
      token,
      inputs: { ...inputs, ...update },
    }));
    const done = steps(await stack.up(program));
    expect(Object.fromEntries(Object.entries(done).map(([name, { op }]) => [name, op]))).toEqual(
      Object.fromEntries(cases.filter(changed).map(({ name }) => [name, "update"])),
    );
    await expectNoChanges();
  }, 120_000);

  test("shows what was changed behind the program's back, and is changed back", async () => {
    const state = stack.resources();
    for (const one of cases) {
      const params = Object.entries(one.drift).map(([path, value]) => [
        one.params?.[path] ?? path,
        resolved(value, state),
      ]);
      const needs = resolved(one.driftNeeds ?? {}, state) as object;
      if (params.length > 0) await context(one, state).update?.({ ...needs, ...Object.fromEntries(params) });
    }
    const found = steps(await stack.preview(program, "--refresh"));
    const drifted = cases.filter((one) => Object.keys(one.drift).length > 0);
    for (const { name, drift } of drifted) {
      expect([name, found[name]?.op, leafPaths(found[name]?.paths ?? [], Object.keys(drift))]).toEqual([
        name,
        "update",
        Object.keys(drift).sort(),
      ]);
    }
    expect(Object.keys(found).sort()).toEqual(drifted.map(({ name }) => name).sort());
    steps(await stack.up(program, "--refresh"));
    await expectNoChanges();
  }, 120_000);

  test("loses what the program no longer sets", async () => {
    program = program.map((declaration, index) => ({
      ...declaration,
      inputs: without(declaration.inputs, Object.keys(cases[index]!.cleared ?? {})),
    }));
    steps(await stack.up(program));
    for (const one of cases) {
      const answer = (await context(one, stack.resources()).fetch()).toJSON();
      const paths = Object.keys(one.cleared ?? {});
      expect([
        one.name,
        Object.fromEntries(paths.map((path) => [path, shown(answer, one.responses?.[path] ?? path)])),
      ]).toEqual([one.name, one.cleared ?? {}]);
    }
    await expectNoChanges();
  }, 120_000);

  test("is imported by the program, and then there is nothing to do", async () => {
    const state = stack.resources();
    const other = await newStack();
    const importing = program.map((declaration) => ({ ...declaration, import: state[declaration.name]!.id }));
    expect(steps(await other.up(importing))).toEqual(each(() => ({ op: "import", paths: [] })));
    expect(steps(await other.preview(program, "--refresh", "--expect-no-changes"))).toEqual({});
  }, 120_000);

  test("is imported by the command line, and then there is nothing to do", async () => {
    const state = stack.resources();
    const other = await newStack();
    steps(await other.import(program.map(({ name, token }) => ({ name, type: token, id: state[name]!.id }))));
    expect(steps(await other.preview(program, "--expect-no-changes"))).toEqual({});
  }, 120_000);

  test("is adopted by its name, and left when the adopter goes", async () => {
    const state = stack.resources();
    const adopting = program
      .filter((one) => isAdoptable(definitionOf(one)) && isNamed(one))
      .map((one) => ({ ...one, inputs: { ...(resolved(one.inputs, state) as Inputs), adopt: true } }));
    const other = await newStack();
    steps(await other.up(adopting));
    const adopted = other.resources();
    expect(Object.fromEntries(adopting.map(({ name }) => [name, adopted[name]?.id]))).toEqual(
      Object.fromEntries(adopting.map(({ name }) => [name, state[name]!.id])),
    );
    expect(steps(await other.preview(adopting, "--refresh", "--expect-no-changes"))).toEqual({});
    steps(await other.destroy());
    await expectNoChanges();
  }, 120_000);

  test("is created again when it was deleted behind the program's back", async () => {
    const state = stack.resources();
    const deletable = cases.filter((one) => context(one, state).remove !== undefined);
    for (const one of [...deletable].reverse()) {
      // What it lived in may be gone already, and it with that.
      await context(one, state)
        .remove?.()
        .catch(() => false);
    }
    const found = steps(await stack.up(program, "--refresh"));
    expect(deletable.map(({ name }) => [name, found[name]?.op])).toEqual(
      deletable.map(({ name }) => [name, "create"]),
    );
    await expectNoChanges();
  }, 120_000);

  test("is deleted", async () => {
    const state = stack.resources();
    steps(await stack.destroy());
    const left = [];
    for (const one of cases) {
      const there = await context(one, state)
        .fetch()
        .then(() => true)
        .catch(() => false);
      if (there) left.push(one.name);
    }
    expect(left).toEqual([]);
  }, 120_000);
});

/** Paths inside a document, or of a list's items, as the path of the property itself. */
function leafPaths(paths: readonly string[], names: readonly string[]): string[] {
  const leaf = (path: string) =>
    names.find((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)) ?? path;
  return [...new Set(paths.map(leaf))].sort();
}
