/** Twilio takes three words for yes and everything else for no. */
export function isYes(text: string): boolean {
  return ["true", "1", "yes"].includes(text.toLowerCase());
}
