import * as pulumi from "@pulumi/pulumi";
import { accountSid, sidOf } from "./sid-of.ts";

/** A resource a program declared, with inputs as they would reach the provider. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Inputs that are not all there: they hold a secret, or what Twilio alone can tell. Absent where there are none. */
  withheld?: readonly string[];
}

/** What `pulumi.getProject()` and `pulumi.getStack()` give. */
export interface Names {
  readonly project?: string;
  readonly stack?: string;
}

/**
 * Runs a piece of a Pulumi program without engine and provider; every resource gets a SID made of its name.
 * Gives what it declared, in the order in which the engine would get it: dependencies come first. Look-ups are among
 * it, by the name of their function and what they look for.
 */
export async function recordProgram(
  program: () => unknown,
  { project, stack }: Names = {},
): Promise<Declared[]> {
  const declared: Declared[] = [];
  const mocks: pulumi.runtime.Mocks = {
    newResource({ type, name, inputs, custom }) {
      const given = inputs as Record<string, unknown>;
      const withheld = Object.keys(given).filter((key) => isWithheld(given[key]));
      declared.push({
        type,
        name,
        inputs: unwrapped(given) as Record<string, unknown>,
        ...(withheld.length > 0 && { withheld }),
      });
      const state = custom ? { ...inputs, sid: sidOf(name), accountSid } : inputs;
      return { id: `id of ${name}`, state: state as Record<string, unknown> };
    },
    call({ token, inputs }) {
      const name = `${token} ${JSON.stringify(inputs)}`;
      declared.push({ type: token, name, inputs: inputs as Record<string, unknown> });
      return { ...inputs, sid: sidOf(name) } as Record<string, unknown>;
    },
  };
  // A preview: what no one tells here is unknown then, instead of undefined in the midst of a text.
  await pulumi.runtime.setMocks(mocks, project, stack, true);
  try {
    await program();
  } catch (error) {
    // What it declared before is under way, and would be told to whoever runs the next program.
    await pulumi.runtime.disconnect().catch(() => undefined);
    throw error;
  }
  await pulumi.runtime.disconnect();
  return declared;
}

/** Under which Pulumi marks a value, and the mark of secrets: sdk/nodejs/runtime/rpc.ts. */
const signature = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

function isWithheld(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (pulumi.isUnknown(value) || Reflect.get(value, signature) === secret) return true;
  return Object.values(value).some(isWithheld);
}

/** A value without the wrapping of secrets in it, and without what is unknown. */
function unwrapped(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (pulumi.isUnknown(value)) return undefined;
  if (Array.isArray(value)) return value.map(unwrapped);
  if (Reflect.get(value, signature) === secret) return unwrapped(Reflect.get(value, "value"));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}
