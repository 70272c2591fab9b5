import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CORE_SCHEMA, load } from "js-yaml";
import { RehearsalError } from "./rehearsal-error.ts";

/** What a program is run with: the values of a stack's files as Pulumi hands them over, without its secrets. */
export interface StackValues {
  readonly project: string;
  readonly stack: string;
  /** The program: a file, or a folder with one. */
  readonly main: string;
  /** `namespace:key` to text; maps and lists are JSON. In the place of a secret stands `[secret]`. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/**
 * Reads Pulumi.yaml and Pulumi.STACK.yaml. Nothing is decrypted, and no environment of Pulumi ESC is opened.
 *
 * @throws RehearsalError when a file is missing or no YAML
 */
export function stackValues(folder: string, stack: string): StackValues {
  const project = readYaml(folder, "Pulumi");
  const { name } = project;
  if (typeof name !== "string")
    throw new RehearsalError("Pulumi.yaml has no name.", "Give the project a name there.");
  const settings = readYaml(folder, `Pulumi.${stack.split("/").at(-1)}`);
  const config: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [key, value] of [
    ...Object.entries(map(project["config"])).map(([key, value]) => [key, projectValue(value)] as const),
    ...Object.entries(map(settings["config"])),
  ]) {
    if (value === undefined || value === null) continue;
    const full = key.includes(":") ? key : `${name}:${key}`;
    const plain = withoutSecrets(value);
    if (plain.secret) secretKeys.push(full);
    config[full] = typeof plain.value === "object" ? JSON.stringify(plain.value) : String(plain.value);
  }
  const main = typeof project["main"] === "string" ? project["main"] : ".";
  return { project: name, stack, main: join(folder, main), config, secretKeys };
}

function readYaml(folder: string, name: string): Record<string, unknown> {
  const file = ["yaml", "yml", "json"].map((end) => join(folder, `${name}.${end}`)).find(existsSync);
  if (file === undefined)
    throw new RehearsalError(
      `There is no ${name}.yaml in ${folder}.`,
      "Name the project's folder, and one of its stacks.",
    );
  try {
    return map(load(readFileSync(file, "utf8"), { schema: CORE_SCHEMA }));
  } catch (error) {
    // The lines around the error, which the message goes on with, may hold what nobody should see.
    const [why] = (error as Error).message.split("\n");
    throw new RehearsalError(
      `${basename(file)} can't be read: ${why}`,
      "Correct the YAML at that line.",
      error,
    );
  }
}

/** Project configuration declares a key; only some declarations come with a value. */
function projectValue(declared: unknown): unknown {
  if (typeof declared !== "object" || declared === null) return declared;
  return (Reflect.get(declared, "value") ?? Reflect.get(declared, "default")) as unknown;
}

function map(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function withoutSecrets(value: unknown): { value: unknown; secret: boolean } {
  if (typeof value !== "object" || value === null) return { value, secret: false };
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof Reflect.get(value, "secure") === "string")
    return { value: "[secret]", secret: true };
  const plain = entries.map(([key, item]) => [key, withoutSecrets(item)] as const);
  return {
    value: Array.isArray(value)
      ? plain.map(([, item]) => item.value)
      : Object.fromEntries(plain.map(([key, item]) => [key, item.value])),
    secret: plain.some(([, item]) => item.secret),
  };
}
