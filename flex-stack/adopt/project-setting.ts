import type { StackSession } from "../session/stack-session.ts";

/** A value of Pulumi.yaml, two keys deep. */
export function projectSetting(
  { settings }: Pick<StackSession, "settings">,
  section: string,
  key: string,
): unknown {
  const values: unknown = Reflect.get(settings.project, section);
  return typeof values === "object" && values !== null ? (Reflect.get(values, key) as unknown) : undefined;
}
