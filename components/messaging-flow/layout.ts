import type { Step } from "./step.ts";

/** Room for one step on Studio's canvas, in pixels. */
const column = 400;
const row = 300;

/** Places steps in rows by their distance from `start`; steps of a row stand side by side, centred. */
export function layout(
  steps: Readonly<Record<string, Step>>,
  start: string,
): Readonly<Record<string, { x: number; y: number }>> {
  const depth = new Map([[start, 0]]);
  for (const [name, distance] of depth)
    for (const { next } of steps[name]?.transitions ?? [])
      if (next !== undefined && !depth.has(next)) depth.set(next, distance + 1);

  const rows: string[][] = [];
  for (const [name, distance] of depth) (rows[distance] ??= []).push(name);
  return Object.fromEntries(
    rows.flatMap((names, distance) =>
      names.map((name, index) => [
        name,
        { x: Math.round((index - (names.length - 1) / 2) * column), y: distance * row },
      ]),
    ),
  );
}
