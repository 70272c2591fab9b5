/** Whether a version, e.g. `1.34.6`, is at least another. */
export function isAtLeast(version: string, wanted: readonly [major: number, minor: number]): boolean {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major > wanted[0] || (major === wanted[0] && minor >= wanted[1]);
}
