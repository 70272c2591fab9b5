import type { ResourceDefinition } from "../engine/definition.ts";
import type { Elsewhere, Owner, Records, RecordsPlace } from "../engine/records.ts";
import { tokensOf } from "../engine/twins.ts";
import type { RunPulumi } from "./runPulumi.ts";
import { entriesOf } from "./state.ts";
import type { StateEntry } from "./state.ts";

/** How many other stacks are looked at; those of the same project and the last updated come first. */
const mostStacks = 25;

/** How many states are read at once. */
const atOnce = 4;

/** Milliseconds after which no other state is asked for: a slow backend must not hold up a whole run. */
const patience = 60_000;

/**
 * What the stack at hand, and others of its backend, record: by `pulumi stack export`, which also works while the
 * stack is being updated. Read at most once, and only when something is taken over, imported or deleted: what this
 * run does after that, the engine knows itself.
 */
export class StackRecords implements Records {
  readonly #place: RecordsPlace;
  readonly #run: RunPulumi;
  #own: Promise<Map<string, Owner[]> | undefined> | undefined;
  #others: Promise<Others> | undefined;
  #unread: string | undefined;
  readonly #now: () => number;

  constructor(place: RecordsPlace, run: RunPulumi, now: () => number = Date.now) {
    this.#place = place;
    this.#run = run;
    this.#now = now;
  }

  get unread(): string | undefined {
    return this.#unread;
  }

  async owners(definition: ResourceDefinition, id: string): Promise<readonly Owner[] | undefined> {
    this.#own ??= this.#readOwn();
    const own = await this.#own;
    return own && tokensOf(definition).flatMap((token) => own.get(keyOf(token, id)) ?? []);
  }

  async elsewhere(definition: ResourceDefinition, id: string): Promise<Elsewhere> {
    this.#others ??= this.#readOthers();
    const { unread, byObject } = await this.#others;
    const stacks = tokensOf(definition).flatMap((token) => byObject.get(keyOf(token, id)) ?? []);
    return { stacks: [...new Set(stacks)].sort(), unread };
  }

  async #readOwn(): Promise<Map<string, Owner[]> | undefined> {
    const { stack, project, log } = this.#place;
    try {
      const text = await this.#run("stack", "export", "--stack", this.#fullName());
      return grouped(
        entriesOf(text, { stack, project }).map((entry) => [keyOf(entry.type, entry.id), entry as Owner]),
      );
    } catch (error) {
      this.#unread = (error as Error).message;
      log(
        "warning",
        `can't read what stack "${stack}" records: ${this.#unread}. Nothing is deleted: another of its resources may ` +
          "be the same one at Twilio",
      );
      return undefined;
    }
  }

  /** With organization and project, where the environment names this stack so: a login may have another default. */
  #fullName(): string {
    const { stack, fullName } = this.#place;
    return fullName?.endsWith(`/${stack}`) === true ? fullName : stack;
  }

  async #readOthers(): Promise<Others> {
    const { log } = this.#place;
    const unread: string[] = [];
    const found: (readonly [string, string])[] = [];
    const deadline = this.#now() + patience;
    try {
      const names = await this.#otherStacks();
      await inTurns(names, async (name) => {
        try {
          if (this.#now() > deadline) throw new Error("not asked, because the backend is too slow");
          const entries = entriesOf(await this.#run("stack", "export", "--stack", name));
          const here = entries.filter((entry) => this.#isHere(entry));
          found.push(...here.map(({ type, id }) => [keyOf(type, id), shortName(name)] as const));
        } catch (error) {
          unread.push(`stack "${shortName(name)}": ${(error as Error).message}`);
        }
      });
    } catch (error) {
      unread.push(`the backend's list of stacks: ${(error as Error).message}`);
    }
    if (unread.length > 0) {
      log(
        "warning",
        `can't read what other stacks of the backend record (${unread.join("; ")}). What this stack takes over may be ` +
          "theirs, too. What it made is deleted all the same; what it took over, or restores, stays as it is",
      );
    }
    const byObject = new Map([...grouped(found)].map(([key, names]) => [key, [...new Set(names)].sort()]));
    return { unread, byObject };
  }

  /** The other stacks of the backend that hold anything, the likeliest first. */
  async #otherStacks(): Promise<string[]> {
    const { stack, project, log } = this.#place;
    const listed = JSON.parse(await this.#run("stack", "ls", "--all", "--json")) as Listed[];
    const others = listed.filter(({ name, resourceCount }) => {
      const { project: its = project, stack: own } = partsOf(name);
      return resourceCount !== 0 && !(its === project && own === stack);
    });
    const isFamily = ({ name }: Listed) => Number((partsOf(name).project ?? project) === project);
    others.sort(
      (one, other) =>
        isFamily(other) - isFamily(one) || (other.lastUpdate ?? "").localeCompare(one.lastUpdate ?? ""),
    );
    if (others.length > mostStacks) {
      log("info", `looked at ${mostStacks} of the backend's ${others.length} other stacks, the last updated`);
    }
    return others.slice(0, mostStacks).map(({ name }) => name);
  }

  /** Whether an object of another stack is in this account, of the same Twilio. */
  #isHere({ provider, state }: StateEntry): boolean {
    const accountSid = provider?.["accountSid"] ?? state["accountSid"] ?? this.#place.accountSid;
    if (accountSid !== this.#place.accountSid) return false;
    if (provider === undefined) return true;
    const endpoint = provider["endpoint"];
    return addressOf(typeof endpoint === "string" ? endpoint : undefined) === addressOf(this.#place.endpoint);
  }
}

interface Others {
  unread: string[];
  /** Names of stacks by object. */
  byObject: Map<string, string[]>;
}

/** What `pulumi stack ls --json` says of a stack. */
interface Listed {
  name: string;
  lastUpdate?: string;
  resourceCount?: number;
}

const keyOf = (type: string, id: string): string => `${type} ${id}`;

/** `staging` of this project, `organization/shop/staging` of another. */
function partsOf(name: string): { project: string | undefined; stack: string } {
  const parts = name.split("/");
  return { project: parts.at(-2), stack: parts.at(-1)! };
}

/** Without the organization that stands for none. */
const shortName = (name: string): string => name.replace(/^organization\//, "");

const addressOf = (endpoint: string | undefined): string =>
  endpoint === undefined || !URL.canParse(endpoint) ? (endpoint ?? "") : new URL(endpoint).href;

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, item] of pairs) groups.set(key, [...(groups.get(key) ?? []), item]);
  return groups;
}

/** Works through a list, a few at a time. */
async function inTurns(items: readonly string[], work: (item: string) => Promise<void>): Promise<void> {
  const rest = [...items];
  const worker = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
