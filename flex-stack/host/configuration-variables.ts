/** A map of texts as gRPC hands it over. */
interface TextMap {
  forEach(callback: (value: string, key: string) => void): unknown;
}

/**
 * The configuration of a stack as Pulumi's SDK reads it from the environment, in the form that every version of it
 * understands.
 */
export function configurationVariables(
  config: TextMap,
  secretKeys: readonly string[],
): Record<string, string> {
  const values: Record<string, string> = {};
  config.forEach(
    (value, key) => (values[key.includes(":config:") ? key : key.replace(":", ":config:")] = value),
  );
  return {
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys),
  };
}
