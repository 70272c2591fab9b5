import type { Twilio } from "twilio";

import type { CollectionPage, Operations, ResourceDefinition } from "./definition.ts";
import type { Location } from "./id.ts";
import type { Response } from "./value.ts";

/** So many single requests a page of the list is in place of: fewer are quicker, and cheaper for Twilio. */
const worth = 3;

/** After the first one a page may come for so many questions: a list of what use makes may have no end. */
const questionsForPage = 10;

/** Milliseconds after which what a list told is asked for anew. */
const fresh = 60_000;

/**
 * Reads of one run, answered from pages of the lists that the resources stand in: where several resources of one
 * collection are asked for, one request gives up to a thousand of them. It tells of what is there alone: what no page
 * has is fetched, so that only Twilio's own answer to that says that something is gone.
 */
export class Collections {
  readonly #collections = new Map<string, Collection>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** What a fetch of the resource gives, errors included. */
  async fetch(
    definition: ResourceDefinition,
    operations: Operations,
    { parents, sid }: Location,
  ): Promise<Response> {
    const listed = definition.sid !== undefined && definition.listsInPart !== true && operations.page;
    if (!listed) return operations.fetch(sid);
    const found = await this.#collection(definition, parents).ask(operations, sid);
    return found ?? operations.fetch(sid);
  }

  /** All of a collection, where several questions about it make that worth a request and one page holds it. */
  async all(
    definition: ResourceDefinition,
    operations: Operations,
    parents: { readonly [input: string]: string },
  ): Promise<readonly Response[] | undefined> {
    if (operations.page === undefined) return undefined;
    return this.#collection(definition, parents).askForAll(operations);
  }

  /** Something is about to be written, or was: what was read before says nothing any more. */
  forget(): void {
    this.#collections.clear();
  }

  #collection({ token }: ResourceDefinition, parents: { readonly [input: string]: string }): Collection {
    const key = [token, ...Object.values(parents)].join(" ");
    const known = this.#collections.get(key);
    if (known !== undefined && this.#now() - known.since < fresh) return known;
    const begun = new Collection(this.#now());
    this.#collections.set(key, begun);
    return begun;
  }
}

/** What a fetch of a resource gives, from a page of its list where the session may do so. */
export async function fetchListed(
  { collections, twilio }: { collections?: Collections; twilio: Twilio },
  definition: ResourceDefinition,
  location: Location,
): Promise<Response> {
  const operations = definition.at(twilio, location.parents);
  return collections === undefined
    ? operations.fetch(location.sid)
    : collections.fetch(definition, operations, location);
}

/** Somebody who waits for an answer, or for hearing that this has none. */
interface Question {
  answered(): boolean;
  giveUp(): void;
}

class Collection {
  readonly since: number;
  readonly #items = new Map<string, Response>();
  #waiting: Question[] = [];
  #asked = 0;
  /** Questions since the last page that it did not answer. */
  #missed = 0;
  #pages = 0;
  #next: string | undefined;
  #failed = false;
  #busy = false;

  constructor(since: number) {
    this.since = since;
  }

  ask(operations: Operations, sid: string): Promise<Response | undefined> {
    return this.#wait(operations, () => this.#items.get(sid));
  }

  askForAll(operations: Operations): Promise<readonly Response[] | undefined> {
    return this.#wait(operations, () => (this.#isWhole ? [...this.#items.values()] : undefined));
  }

  get #isWhole(): boolean {
    return this.#pages > 0 && this.#next === undefined && !this.#failed;
  }

  #wait<T>(operations: Operations, find: () => T | undefined): Promise<T | undefined> {
    this.#asked += 1;
    const found = find();
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => {
      this.#waiting.push({
        answered: () => {
          const answer = find();
          if (answer !== undefined) resolve(answer);
          return answer !== undefined;
        },
        giveUp: () => resolve(undefined),
      });
      if (this.#busy) return;
      this.#busy = true;
      // What Pulumi asks at the same time comes in one turn of the event loop.
      setImmediate(() => void this.#work(operations));
    });
  }

  async #work(operations: Operations): Promise<void> {
    while (this.#waiting.length > 0 && this.#isPageDue) {
      try {
        this.#take(await operations.page!(this.#next));
      } catch {
        // Each one's own request tells what is wrong.
        this.#failed = true;
      }
    }
    this.#busy = false;
    this.#missed += this.#waiting.length;
    for (const question of this.#waiting.splice(0)) question.giveUp();
  }

  get #isPageDue(): boolean {
    const isMore = this.#pages === 0 || this.#next !== undefined;
    const pays = this.#missed + this.#waiting.length >= worth;
    return isMore && pays && !this.#failed && this.#pages * questionsForPage <= this.#asked;
  }

  #take({ items, next }: CollectionPage): void {
    for (const item of items) this.#items.set(String(item["sid"]), item);
    this.#pages += 1;
    this.#next = next;
    this.#missed = 0;
    this.#waiting = this.#waiting.filter((question) => !question.answered());
  }
}
