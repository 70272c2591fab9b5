import type { Options } from "cli-progress";

/** Characters of the longest bar, and of the shortest that still shows anything. */
const longest = 24;
const shortest = 8;
/** Characters of the line beside title, bar and what is being done: counts, time, spaces. */
const otherSize = 26;

/** A bar that is one line, however narrow the terminal: what is done is cut, and only that. */
export interface BarLine {
  readonly options: Options;
  /** Of what is being done, what there is room for. */
  fit(current: string): string;
}

/** @param columns Width of the terminal in characters. */
export function barLine(title: string, columns: number): BarLine {
  const free = columns - title.length - otherSize;
  const barsize = Math.max(shortest, Math.min(longest, free));
  const room = Math.max(0, free - barsize);
  return {
    options: {
      format: `${title}  {bar} {value}/{total}  {duration_formatted}  {current}`,
      barsize,
      barCompleteChar: "█",
      barIncompleteChar: "░",
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C is for Pulumi to end in good order, not for the bar to end the process.
      gracefulExit: false,
      // Otherwise the terminal is told to cut at its edge all that is said above the bar, commands and addresses as well.
      linewrap: true,
    },
    fit: (current) => (current.length > room ? `${current.slice(0, Math.max(0, room - 1))}…` : current),
  };
}
