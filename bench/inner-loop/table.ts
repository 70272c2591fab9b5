import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** What one command took: medians. */
export interface Row {
  readonly command: string;
  readonly now: Medians;
  readonly before: Medians | undefined;
}

/** A row of a stack of many resources. */
export interface ScaleRow extends Row {
  readonly resources: number;
  readonly now: Medians & { readonly requests: number };
  readonly before: (Medians & { readonly requests: number }) | undefined;
  /** Milliseconds after which each answer came. */
  readonly latency: number;
}

/** Requests that are open at once, at most: the provider's own limit. */
const openAtOnce = 25;

export interface Medians {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Between which a table stands in a document. */
export type Marks = readonly [start: string, end: string];

export const marks = {
  loop: ["<!-- inner loop: written by npm run bench:inner-loop -->", "<!-- end of inner loop -->"],
  scale: ["<!-- scale: written by npm run bench:scale -->", "<!-- end of scale -->"],
} as const satisfies Record<string, Marks>;

/** A table in Markdown; each number beside its share of the one before. */
export function loopTable(rows: readonly Row[]): string {
  return [
    "| Command | Seconds | Processor seconds | Megabytes, all processes |",
    "| --- | --- | --- | --- |",
    ...rows.map((row) => `| \`${row.command}\` | ${cells(row).join(" | ")} |`),
  ].join("\n");
}

/**
 * The same, with the requests, of stacks of many resources, and with what these take at least: so many as may be open at
 * once, again and again.
 */
export function scaleTable(rows: readonly ScaleRow[]): string {
  const requests = ({ now, before }: ScaleRow): string =>
    before === undefined ? String(now.requests) : `${now.requests} of ${before.requests}`;
  const limit = ({ now, latency }: ScaleRow): string =>
    ((Math.ceil(now.requests / openAtOnce) * latency) / 1000).toFixed(1);
  return [
    "| Resources | Command | Seconds | Of these, waiting for answers | Processor seconds | Megabytes, all processes | Requests |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows.map((row) => {
      const [wall = "", ...others] = cells(row);
      return `| ${[row.resources, `\`${row.command}\``, wall, limit(row), ...others, requests(row)].join(" | ")} |`;
    }),
  ].join("\n");
}

function cells({ now, before }: Row): string[] {
  const cell = (key: keyof Medians, digits: number): string => {
    const [mine, other] = [now[key], before?.[key]];
    return other === undefined
      ? mine.toFixed(digits)
      : `${mine.toFixed(digits)} of ${other.toFixed(digits)} (${(mine / other).toFixed(2)} ×)`;
  };
  return [cell("wall", 1), cell("cpu", 2), cell("memory", 0)];
}

/** A document with a table in the place of the one between its marks. */
export function withTable(document: string, [start, end]: Marks, table: string): string {
  const from = document.indexOf(start);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The document has no place for the table: ${start} … ${end}`);
  return `${document.slice(0, from + start.length)}\n\n${table}\n\n${document.slice(to)}`;
}

/** Puts a table into docs/performance.md of a checkout, with the machine that it was measured on. */
export function writeTable(root: string, place: Marks, table: string): void {
  const file = join(root, "docs", "performance.md");
  writeFileSync(file, withTable(readFileSync(file, "utf8"), place, `${table}\n\n${machine()}`));
  execFileSync(join(root, "node_modules", ".bin", "prettier"), ["--write", file]);
}

function machine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || process.arch;
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, ${processors.length} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}.`;
}
