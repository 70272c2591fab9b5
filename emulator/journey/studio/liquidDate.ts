/**
 * Studio's dates are in Pacific time, wherever its flows run
 * (https://help.twilio.com/articles/4413699936411, "Handling date and time strings").
 */
const zone = "America/Los_Angeles";

/** How `date` writes without a format. No source: Liquid itself asks for one. */
const usualFormat = "%A, %B %-e, %Y at %-l:%M %P %z";

/**
 * Writes a point in time as Liquid's `date` does, in Pacific time.
 *
 * @param value `now` and `today`, seconds since 1970, or a date in text; without a zone it is one of Pacific time
 * @param now the present, in milliseconds since 1970
 * @returns nothing when the value is no date
 */
export function formatDate(value: unknown, format: string | undefined, now: number): string | undefined {
  const time = timeOf(value, now);
  if (Number.isNaN(time)) return undefined;
  const offset = offsetAt(time);
  return strftime(format ?? usualFormat, { time, offset, wall: new Date(time + offset * 60_000) });
}

function timeOf(value: unknown, now: number): number {
  if (value === "now" || value === "today") return now;
  if (typeof value === "number") return value * 1000;
  if (typeof value !== "string") return NaN;
  const text = value.trim();
  if (!isInCalendar(text)) return NaN;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (/(?:z|gmt|utc|[ecmp][sd]t|[+-]\d{2}:?\d{2})\)?$/i.test(text) && !/^\d{4}-\d{2}-\d{2}$/.test(text))
    return Date.parse(text);
  const wall = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : `${text.replace(/^([\d-]+) /, "$1T")}Z`);
  return inZone(Number.isNaN(wall) ? Date.parse(`${text} UTC`) : wall);
}

/** Whether a date's day is one of its month: JavaScript takes 30 February for 2 March, Ruby for no date. */
function isInCalendar(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text) ?? [];
  return day === undefined || Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
}

/** The time at which clocks in Pacific time show what clocks in UTC show at `wall`. */
function inZone(wall: number): number {
  if (Number.isNaN(wall)) return NaN;
  const guess = wall - offsetAt(wall) * 60_000;
  return wall - offsetAt(guess) * 60_000;
}

const offsets = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
const names = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" });

const zonePart = (format: Intl.DateTimeFormat, time: number): string =>
  format.formatToParts(time).find(({ type }) => type === "timeZoneName")?.value ?? "";

/** Minutes that Pacific time is ahead of UTC, e.g. -480. */
function offsetAt(time: number): number {
  const [, sign = "+", hours = "0", minutes = "0"] =
    /([+-])(\d{2}):(\d{2})/.exec(zonePart(offsets, time)) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A point in time; the fields of `wall` in UTC are those of clocks in the zone. */
interface Moment {
  readonly time: number;
  /** Minutes. */
  readonly offset: number;
  readonly wall: Date;
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

const dayOfYear = ({ wall }: Moment): number =>
  Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
const week = (moment: Moment, firstDay: number): number =>
  Math.floor((dayOfYear(moment) + 6 - ((moment.wall.getUTCDay() - firstDay + 7) % 7)) / 7);
/** The Thursday of the week that a day is in, Monday first: its year and week are those of ISO 8601. */
const thursday = ({ wall }: Moment): Date =>
  new Date(wall.getTime() + (4 - (wall.getUTCDay() || 7)) * 86_400_000);
const isoWeek = (moment: Moment): number => {
  const day = thursday(moment);
  return Math.floor((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 604_800_000) + 1;
};
const hour12 = ({ wall }: Moment): number => wall.getUTCHours() % 12 || 12;

function zoneOf({ offset }: Moment, separator: string): string {
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}

/** What a directive writes: its value, and how far and with what it is padded. */
type Directive = readonly [write: (moment: Moment) => number | string, width?: number, fill?: string];

/** The directives of Ruby's strftime, which Liquid's `date` takes. */
const directives: Readonly<Record<string, Directive>> = {
  a: [({ wall }) => days[wall.getUTCDay()]!.slice(0, 3)],
  A: [({ wall }) => days[wall.getUTCDay()]!],
  b: [({ wall }) => months[wall.getUTCMonth()]!.slice(0, 3)],
  B: [({ wall }) => months[wall.getUTCMonth()]!],
  C: [({ wall }) => Math.floor(wall.getUTCFullYear() / 100), 2],
  d: [({ wall }) => wall.getUTCDate(), 2],
  e: [({ wall }) => wall.getUTCDate(), 2, " "],
  g: [(moment) => thursday(moment).getUTCFullYear() % 100, 2],
  G: [(moment) => thursday(moment).getUTCFullYear(), 4],
  H: [({ wall }) => wall.getUTCHours(), 2],
  I: [hour12, 2],
  j: [dayOfYear, 3],
  k: [({ wall }) => wall.getUTCHours(), 2, " "],
  l: [hour12, 2, " "],
  L: [({ wall }) => wall.getUTCMilliseconds(), 3],
  m: [({ wall }) => wall.getUTCMonth() + 1, 2],
  M: [({ wall }) => wall.getUTCMinutes(), 2],
  n: [() => "\n"],
  N: [({ wall }) => `${String(wall.getUTCMilliseconds()).padStart(3, "0")}000000`],
  p: [({ wall }) => (wall.getUTCHours() < 12 ? "AM" : "PM")],
  P: [({ wall }) => (wall.getUTCHours() < 12 ? "am" : "pm")],
  s: [({ time }) => Math.floor(time / 1000)],
  S: [({ wall }) => wall.getUTCSeconds(), 2],
  t: [() => "\t"],
  u: [({ wall }) => wall.getUTCDay() || 7],
  U: [(moment) => week(moment, 0), 2],
  V: [isoWeek, 2],
  w: [({ wall }) => wall.getUTCDay()],
  W: [(moment) => week(moment, 1), 2],
  y: [({ wall }) => wall.getUTCFullYear() % 100, 2],
  Y: [({ wall }) => wall.getUTCFullYear(), 4],
  z: [(moment) => zoneOf(moment, "")],
  ":z": [(moment) => zoneOf(moment, ":")],
  Z: [({ time }) => zonePart(names, time)],
  "%": [() => "%"],
};

/** Directives that stand for several. */
const combined: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  h: "%b",
  v: "%e-%^b-%Y",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
  "+": "%a %b %e %H:%M:%S %Z %Y",
};

/** Fills in the directives of a format; what is none stays as it is. */
function strftime(format: string, moment: Moment): string {
  return format.replaceAll(
    /%([-_0^]*)(\d*)(:?[a-zA-Z%+])/g,
    (given, flags: string, width: string, name: string) => {
      const several = combined[name];
      const directive = directives[name];
      if (several === undefined && directive === undefined) return given;
      const [write, usual = 0, usualFill = "0"] = directive ?? [() => strftime(several ?? "", moment)];
      // Fractions of a second have as many digits as are asked for.
      if (name === "N" || name === "L")
        return String(write(moment))
          .padStart(usual, "0")
          .padEnd(9, "0")
          .slice(0, Number(width) || usual || 9);
      const fill = flags.includes("_") ? " " : flags.includes("0") ? "0" : usualFill;
      const text = String(write(moment)).padStart(flags.includes("-") ? 0 : Number(width) || usual, fill);
      return flags.includes("^") ? text.toUpperCase() : text;
    },
  );
}
