import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type Node, type YAMLMap } from "yaml";
import { ExitCode } from "../failure/exit-code.ts";
import { Failure } from "../failure/failure.ts";

/** The configuration file of a stack with other values. */
export interface ChangedStackFile {
  readonly text: string;
  readonly added: readonly string[];
  /** Keys that had another value. */
  readonly replaced: readonly string[];
}

/** Longest map that is written on one line. */
const longestLine = 90;

/**
 * Sets values below `config` of a stack's file. Comments, order and layout stay where a value stays; a value that is
 * the same, however it is written, is not touched.
 *
 * @throws Failure when the text is no YAML map
 */
export function changeStackFile(
  name: string,
  text: string,
  values: Readonly<Record<string, unknown>>,
): ChangedStackFile {
  const document: Document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(name, error.message.split("\n")[0] ?? "");
  if (document.contents === null) document.contents = document.createNode({});
  const root: unknown = document.contents;
  if (!isMap(root)) throw unreadable(name, "It is not a map of settings.");
  const config: unknown = document.get("config");
  // An empty map may be written {}; what comes into it deserves lines of its own.
  if (!isMap(config) || config.items.length === 0) document.set("config", document.createNode({}));
  const before = (document.toJS() as { config: Record<string, unknown> }).config;
  const added: string[] = [];
  const replaced: string[] = [];
  for (const [key, value] of Object.entries(values)) {
    const same = isDeepStrictEqual(before[key], value) || before[key] === scalarText(value);
    if (same) continue;
    (Object.hasOwn(before, key) ? replaced : added).push(key);
    const config = document.get("config") as YAMLMap;
    assign(document, config, key, value);
  }
  const changed = added.length + replaced.length > 0;
  if (changed && name.endsWith(".json"))
    return { text: `${JSON.stringify(document.toJS(), null, 2)}\n`, added, replaced };
  return {
    text: changed
      ? escapeLineBreaks(document.toString({ lineWidth: 0, flowCollectionPadding: false }))
      : text,
    added,
    replaced,
  };
}

/** Pulumi takes `"false"` and false alike. */
function scalarText(value: unknown): unknown {
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

/** Changes what differs inside a map, so that comments beside what stays are kept. */
function assign(document: Document, parent: YAMLMap, key: string, value: unknown): void {
  const old: unknown = parent.get(key, true);
  if (isMap(old) && isPlainMap(value)) {
    for (const name of old.items.map((item) => String(isScalar(item.key) ? item.key.value : item.key)))
      if (!Object.hasOwn(value, name)) old.delete(name);
    for (const [name, item] of Object.entries(value))
      if (!isDeepStrictEqual(toJS(old.get(name, true), document), item)) assign(document, old, name, item);
  } else parent.set(key, styled(document, value));
}

function toJS(node: unknown, document: Document): unknown {
  return isMap(node) || isSeq(node) || isScalar(node) ? (node.toJS(document) as unknown) : undefined;
}

/** New values: what is short and flat on one line. */
function styled(document: Document, value: unknown): Node {
  const node = document.createNode(value);
  visit(node, {
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && !isPlain(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
    Collection(_, collection) {
      const flat = collection.items.every((item) => {
        const inner: unknown =
          typeof item === "object" && item !== null && "value" in item ? item.value : item;
        return isScalar(inner) || isScalar(item) || (isSeq(inner) && inner.items.every(isScalar));
      });
      if (flat && JSON.stringify(collection.toJS(document)).length <= longestLine) collection.flow = true;
    },
  });
  return node;
}

/** Whether a text is one to every reader of YAML, whatever its version: no number, no truth, no line break. */
function isPlain(text: string): boolean {
  return (
    /^\p{L}[^\p{C}\p{Zl}\p{Zp}]*$/u.test(text) && !/^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text)
  );
}

/** Pulumi's reader of YAML ends lines at these as well. */
function escapeLineBreaks(text: string): string {
  return text.replace(
    /[\u0085\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(name: string, why: string): Failure {
  return new Failure({
    what: `${name} can't be read.`,
    why,
    fix: "Correct the YAML there; then run this again.",
    exitCode: ExitCode.usage,
  });
}
