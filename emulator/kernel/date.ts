let last = { second: Number.NaN, text: "" };

/** A time in milliseconds since 1970 as most of Twilio's APIs write it, in whole seconds: `2030-01-01T00:00:00Z`. */
export function isoDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  // What a list has was often made in one second.
  if (second !== last.second)
    last = { second, text: `${new Date(milliseconds).toISOString().slice(0, 19)}Z` };
  return last.text;
}
