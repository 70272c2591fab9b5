/** The SID that a resource gets in a rehearsal, where nothing makes one. */
export function sidOf(name: string): string {
  return `sid of ${name}`;
}
