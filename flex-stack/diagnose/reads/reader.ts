import type { TwilioError } from "../../../provider/access.ts";
import { answerOf, type Answer } from "../../account/answer.ts";
import { firstItems, type FirstItems, type ListLimits } from "../../account/page.ts";

/** What whoever reads should know of the reads. */
export interface ReadLog {
  /** Which product refused. */
  readonly refusals: WeakMap<TwilioError, string>;
  /** Lists that were not read to their end, a sentence each. */
  readonly cut: Set<string>;
}

/**
 * Reads of one of Twilio's products, each made once. What is gone is undefined, or an empty list; what Twilio refuses
 * to tell is thrown as TwilioError, each time it is asked for.
 */
export class Reader {
  readonly #product: string;
  readonly #log: ReadLog;
  readonly #answers = new Map<string, Promise<Answer<unknown>>>();

  constructor(product: string, log: ReadLog) {
    this.#product = product;
    this.#log = log;
  }

  /** @param key Names what is read, within the product. */
  async once<T>(key: string, read: () => Promise<T>): Promise<T | undefined> {
    const known = (this.#answers.get(key) ?? answerOf(read)) as Promise<Answer<T>>;
    this.#answers.set(key, known);
    const answer = await known;
    if (answer.kind === "found") return answer.value;
    if (answer.kind === "gone") return undefined;
    this.#log.refusals.set(answer.error, this.#product);
    throw answer.error;
  }

  /** The first items of a list. @param largestPage Most items that Twilio gives at once. */
  async list<T>(
    key: string,
    limit: number,
    list: (page: ListLimits) => Promise<T[]>,
    largestPage?: number,
  ): Promise<readonly T[]> {
    return (await this.#first(key, limit, list, largestPage)).items;
  }

  /** The same for a list of which no item should be missing: it is noted when there are more. */
  async all<T>(
    what: string,
    limit: number,
    list: (page: ListLimits) => Promise<T[]>,
    largestPage?: number,
  ): Promise<readonly T[]> {
    const { items, more } = await this.#first(what, limit, list, largestPage);
    if (more) this.#log.cut.add(`Only the first ${limit} ${what} of ${this.#product} were read.`);
    return items;
  }

  async #first<T>(
    key: string,
    limit: number,
    list: (page: ListLimits) => Promise<T[]>,
    largestPage?: number,
  ): Promise<FirstItems<T>> {
    const found = await this.once(key, () => firstItems(limit, list, largestPage));
    return found ?? { items: [], more: false };
  }
}
