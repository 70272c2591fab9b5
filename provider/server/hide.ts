/** Replaces every secret text in a message. */
export function hide(message: string, hidden: readonly string[]): string {
  return hidden.reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}
