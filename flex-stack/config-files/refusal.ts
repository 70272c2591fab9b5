import { dirname } from "node:path";
import { ConfigError, parseConfig } from "../../config/index.ts";
import { isObject } from "../values/property-value.ts";
import { configOf, namespace, type ConfigFiles } from "./config-files.ts";

/**
 * Why the next update would not accept a configuration; nothing when it would. What is encrypted can't be checked here:
 * a configuration with some of that passes, and `up` looks at it.
 */
export function refusalOf(files: ConfigFiles, stack: string): string | undefined {
  const values = Object.entries(configOf(files));
  if (values.some(([key, value]) => key.startsWith(namespace) && isObject(value) && "secure" in value))
    return undefined;
  const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  const texts = Object.fromEntries(values.map(([key, value]) => [key, asText(value)]));
  try {
    parseConfig(texts, stack, [], dirname(files.stack.path));
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
