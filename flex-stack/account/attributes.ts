/** The attributes of a Twilio resource, which are JSON text; what is no object counts as empty. */
export function parseAttributes(json: string | null | undefined): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(json ?? "{}");
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

/** The first of these attributes that is a text. */
export function textOf(
  attributes: Readonly<Record<string, unknown>>,
  ...names: readonly string[]
): string | undefined {
  return names.map((name) => attributes[name]).find((value) => typeof value === "string" && value !== "") as
    string | undefined;
}
