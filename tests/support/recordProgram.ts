import * as pulumi from "@pulumi/pulumi";

/** A resource a program declared, with inputs as they would reach the provider. */
export interface Declared {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

/**
 * Runs a piece of a Pulumi program without engine and provider; every resource gets a SID made of its name.
 * Gives what it declared, in the order in which the engine would get it: dependencies come first.
 */
export async function recordProgram(program: () => unknown): Promise<Declared[]> {
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks({
    newResource({ type, name, inputs, custom }) {
      declared.push({ type, name, inputs: inputs as Record<string, unknown> });
      const state = custom ? { ...inputs, sid: `sid of ${name}`, accountSid: "AC1" } : inputs;
      return { id: `id of ${name}`, state: state as Record<string, unknown> };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  });
  program();
  await pulumi.runtime.disconnect();
  return declared;
}
