import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Fields that differ from run to run and mean nothing. */
const passing =
  /^(date_?created|date_?updated|datecreated|dateupdated|created|modified|url|links|revision|version|etag|latest_flow|auth_token|idle_since|status_changed|date_?status_?changed)$/i;

/**
 * What a workspace shows of what `WorkspaceSettings` sets. A state has it as it was when the workspace was read: before
 * that was set by the first run, and after it by the one that goes on.
 */
const setElsewhere: Readonly<Record<string, readonly string[]>> = {
  "twilio:taskrouter:Workspace": [
    "defaultActivityName",
    "defaultActivitySid",
    "timeoutActivityName",
    "timeoutActivitySid",
  ],
};

interface Row {
  kind: string;
  sid: string;
  parent_sid: string;
  fields: string;
}

/** What an account and a state hold, told without SIDs and times, so that two runs can be compared. */
export interface Snapshot {
  account: string[];
  state: string[];
}

export function snapshot(database: string, state: string): Snapshot {
  const rows = readRows(database);
  const names = nameSids(rows);
  const plain = (value: unknown): string => {
    const text = JSON.stringify(sorted(value));
    return text.replaceAll(/\b[A-Z]{2}[0-9a-f]{32}\b/g, (sid) => names.get(sid) ?? sid.slice(0, 2));
  };
  const account = rows
    .filter(({ kind }) => !/event$|log$|execution|^kernel\.Webhook$/i.test(kind))
    .map(({ kind, parent_sid, fields }) => `${kind} in ${plain(parent_sid)}: ${plain(JSON.parse(fields))}`)
    .sort();
  return { account, state: readState(state).map(plain).sort() };
}

/** Lines of one that the other lacks. */
export function differences(a: readonly string[], b: readonly string[]): string[] {
  const rest = [...b];
  return a.filter((line) => {
    const at = rest.indexOf(line);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function readRows(file: string): Row[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database
      .prepare("SELECT kind, sid, parent_sid, fields FROM documents ORDER BY seq")
      .all() as unknown as Row[];
  } finally {
    database.close();
  }
}

function nameSids(rows: readonly Row[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { kind, sid, parent_sid, fields } of rows) {
    const known = JSON.parse(fields) as Record<string, unknown>;
    const name = ["unique_name", "friendly_name", "identity", "phone_number", "type", "name"]
      .map((field) => known[field])
      .find((value) => typeof value === "string");
    // Worker channels have the name of their task channel.
    const channel =
      typeof known["task_channel_sid"] === "string" ? (names.get(known["task_channel_sid"]) ?? "") : "";
    const first = names.get(sid);
    names.set(
      sid,
      first ?? `<${kind} ${String(name ?? channel)} of ${names.get(parent_sid) ?? "the account"}>`,
    );
  }
  return names;
}

interface State {
  checkpoint: {
    latest?: { resources?: Record<string, unknown>[]; pending_operations?: unknown[] };
  };
}

function readState(file: string): unknown[] {
  if (!existsSync(file)) return [];
  const { latest } = (JSON.parse(readFileSync(file, "utf8")) as State).checkpoint;
  return [
    ...(latest?.pending_operations ?? []).map((operation) => ({ pending: operation })),
    ...(latest?.resources ?? []).map(({ provider, outputs, ...rest }) => ({
      ...rest,
      outputs: without(outputs, setElsewhere[String(rest["type"])] ?? []),
      ...(typeof provider === "string" && { provider: provider.replace(/::[0-9a-f-]+$/, "") }),
      ...(String(rest["type"]).startsWith("pulumi:providers:") && { id: "", inputs: {}, outputs: {} }),
    })),
  ];
}

function without(outputs: unknown, names: readonly string[]): unknown {
  if (typeof outputs !== "object" || outputs === null) return outputs;
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => !names.includes(name)));
}

/** A value without what passes, keys in order, so that its text is the same each time. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    return items.every((item) => typeof item === "string" && item.startsWith("urn:")) ? items.sort() : items;
  }
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return sorted(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !passing.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => [name, sorted(item)]),
  );
}
