import type { Item, Text } from "./document.ts";
import type { Statement } from "../meaning/index.ts";

/**
 * Statements as a list, those about the same place together under its name. A place with one statement is one
 * line with it.
 */
export function statementItems(statements: readonly Statement[]): Item[] {
  return grouped(statements, 0);
}

function grouped(statements: readonly Statement[], depth: number): Item[] {
  const groups = new Map<string | undefined, Statement[]>();
  const keys: (string | undefined)[] = [];
  statements.forEach((statement, index) => {
    const place = statement.at[depth];
    // What is about the whole stands by itself, in its own place.
    const key = place ?? `\u0000${index}`;
    if (!groups.has(key)) keys.push(key);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  });
  return keys.flatMap((key): Item[] => {
    const members = groups.get(key) ?? [];
    const [first] = members;
    if (!first) return [];
    if (members.length === 1) return [line(first, depth)];
    return [{ text: [{ strong: key ?? "" }], items: grouped(members, depth + 1) }];
  });
}

function line(statement: Statement, depth: number): Item {
  const places = statement.at.slice(depth);
  const head: Text = places.length > 0 ? [{ strong: places.join(", ") }, ": "] : [];
  return {
    text: [...head, ...statementText(statement)],
    ...(statement.danger ? { tone: "danger" } : {}),
  };
}

/** A statement without its place. */
export function statementText({ text, replaces }: Statement): Text {
  return replaces ? [...text, " (forces replacement)"] : text;
}
