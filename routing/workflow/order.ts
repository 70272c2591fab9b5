import type { Json, JsonObject } from "../json.ts";
import type { Path } from "../expression/ast.ts";
import { ExpressionError } from "../expression/error.ts";
import { printPath } from "../expression/printer.ts";
import { resolvePath } from "../expression/resolve.ts";
import { parsePath } from "../expression/path.ts";

/** One term of `order_by`: `worker.level DESC`. */
export interface OrderTerm {
  readonly path: Path;
  readonly direction: "ASC" | "DESC";
}

/**
 * Parses `order_by`: attributes of the worker, separated by commas, each with ASC or DESC.
 * Without a direction the order is ascending, as in SQL; Twilio's examples always give one.
 *
 * @throws ExpressionError pointing into `source`.
 */
export function parseOrderBy(source: string): OrderTerm[] {
  let position = 0;
  return source.split(",").map((part) => {
    const start = position + (part.length - part.trimStart().length);
    position += part.length + 1;
    const [attribute = "", direction = "ASC", ...rest] = part.trim().split(/\s+/);
    const order = direction.toUpperCase();
    if (rest.length > 0 || (order !== "ASC" && order !== "DESC")) {
      const at = source.indexOf(rest[0] ?? direction, start + attribute.length);
      throw new ExpressionError({
        source,
        position: at,
        expected: rest.length > 0 ? ", or the end" : "ASC or DESC",
        found: `"${rest[0] ?? direction}"`,
      });
    }
    return { path: parseWorkerPath(source, start, attribute), direction: order };
  });
}

function parseWorkerPath(source: string, start: number, attribute: string): Path {
  const path = parsePath(attribute);
  if (path === undefined || path[0] !== "worker" || path.length < 2) {
    throw new ExpressionError({
      source,
      position: start,
      expected: "worker.<attribute>",
      found: attribute ? `"${attribute}"` : "nothing",
    });
  }
  return path;
}

/** `worker.level DESC, worker.cost ASC` */
export function printOrderBy(terms: readonly OrderTerm[]): string {
  return terms.map(({ path, direction }) => `${printPath(path)} ${direction}`).join(", ");
}

/**
 * Compares two workers (as `{worker: …}`) by the terms. Only integers count; a worker without one comes after
 * those with one, whatever the direction.
 */
export function compareBy(terms: readonly OrderTerm[], left: JsonObject, right: JsonObject): number {
  for (const { path, direction } of terms) {
    const one = integer(resolvePath(path, left));
    const other = integer(resolvePath(path, right));
    if (one === other) continue;
    if (one === undefined) return 1;
    if (other === undefined) return -1;
    return direction === "ASC" ? one - other : other - one;
  }
  return 0;
}

function integer(value: Json | undefined): number | undefined {
  return Number.isInteger(value) ? (value as number) : undefined;
}
