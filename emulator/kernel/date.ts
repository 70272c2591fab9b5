/** A time in milliseconds since 1970 as most of Twilio's APIs write it, in whole seconds: `2030-01-01T00:00:00Z`. */
export function isoDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19) + "Z";
}
