/** Whether a text is written as one of Twilio's formats asks. */
export type Format = (text: string) => boolean;

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const rfc2822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

/** The formats of strings in Twilio's documents; those not listed (`twiml`, `endpoint`) say nothing to check. */
export const formats: Readonly<Record<string, Format>> = {
  /** `2014-05-14T10:50:02Z`, always UTC. */
  "date-time": (text) => dateTime.test(text) && isDate(text),
  /** `Thu, 30 Jul 2015 20:00:00 +0000`; only the 2010 API. */
  "date-time-rfc-2822": (text) => rfc2822.test(text) && isDate(text),
  date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text),
  uri: (text) => /^(https?|wss?|mailto):/.test(text) && URL.canParse(text),
  /** E.164, a short code, or an address of another channel such as `whatsapp:+15017122661`. */
  "phone-number": (text) => /^(\+[1-9]\d{1,14}|\d{3,8}|[a-z][a-z_-]*:.+)$/.test(text),
  "http-method": (text) => /^(GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(text),
  "iso-country-code": (text) => /^[A-Z]{2}$/.test(text),
  currency: (text) => /^[A-Za-z]{3}$/.test(text),
};

/** What `uri` means in the bodies of the 2010 API: also a path on the same host, or nothing for a URL that is not set. */
export const uriOf2010: Format = (text) =>
  text === "" || text.startsWith("/") || formats["uri"]?.(text) === true;
