/** Options of `pulumi up` and `pulumi destroy` that their previews must not get, with whether a value follows. */
const updateOnly: ReadonlyMap<string, boolean> = new Map([
  ["--continue-on-error", false],
  ["--remove", false],
  ["--secrets-provider", true],
  ["--skip-preview", false],
  ["-f", false],
  ["--strict", false],
  ["--expect-no-changes", false],
  ["--yes", false],
  ["-y", false],
]);

/** The options given for Pulumi itself, without those that only its update takes. */
export function planOptions(options: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < options.length; index++) {
    const option = options[index] ?? "";
    const takesValue = updateOnly.get(option.split("=")[0] ?? "");
    if (takesValue === undefined) kept.push(option);
    else if (takesValue && !option.includes("=")) index++;
  }
  return kept;
}
