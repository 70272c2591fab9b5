/** The SID that a resource gets in a rehearsal, where nothing makes one. */
export function sidOf(name: string): string {
  return `sid of ${name}`;
}

/** The SID of the account that everything is declared in there. */
export const accountSid = sidOf("the account");
