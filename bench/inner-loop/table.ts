/** What one command took: medians. */
export interface Row {
  readonly command: string;
  readonly now: Medians;
  readonly before: Medians | undefined;
}

export interface Medians {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

export const marks = [
  "<!-- inner loop: written by npm run bench:inner-loop -->",
  "<!-- end of inner loop -->",
] as const;

/** A table in Markdown; each number beside its share of the one before. */
export function loopTable(rows: readonly Row[]): string {
  const cell = (now: number, before: number | undefined, digits: number): string =>
    before === undefined
      ? now.toFixed(digits)
      : `${now.toFixed(digits)} of ${before.toFixed(digits)} (${(now / before).toFixed(2)} ×)`;
  const lines = rows.map(({ command, now, before }) => {
    const wall = cell(now.wall, before?.wall, 1);
    const cpu = cell(now.cpu, before?.cpu, 2);
    const memory = cell(now.memory, before?.memory, 0);
    return `| \`${command}\` | ${wall} | ${cpu} | ${memory} |`;
  });
  return [
    "| Command | Seconds | Processor seconds | Megabytes, all processes |",
    "| --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

/** A document with a table in the place of the one between its marks. */
export function withLoopTable(document: string, table: string): string {
  const [start, end] = marks;
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document has no place for the table: ${start} … ${end}`);
  return `${document.slice(0, from + start.length)}\n\n${table}\n\n${document.slice(to)}`;
}
