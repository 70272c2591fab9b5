import { beforeEach, describe, expect, test } from "@jest/globals";

import { placeSid, sidOf, thing } from "../testing/thing.ts";
import { Collections } from "./collections.ts";
import type { Operations, ResourceDefinition } from "./definition.ts";
import { TwilioError } from "./errors.ts";
import type { Response } from "./value.ts";

const parents = { placeSid };
const numbers = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** A collection at a pretended Twilio that counts what is asked of it. */
class Shelf {
  fetches = 0;
  pages = 0;
  pageSize = 1000;
  refused = false;
  stored: number[];

  constructor(stored: number[]) {
    this.stored = stored;
  }

  readonly operations: Operations = {
    fetch: async (sid) => {
      this.fetches += 1;
      await Promise.resolve();
      if (!this.stored.some((number) => sidOf("TH", number) === sid))
        throw new TwilioError(`${sid} was not found`, { status: 404 });
      return { sid, by: "fetch" };
    },
    page: async (from = "0") => {
      this.pages += 1;
      await Promise.resolve();
      if (this.refused) throw new TwilioError("no lists for you", { status: 403 });
      const end = Number(from) + this.pageSize;
      const items = this.stored
        .slice(Number(from), end)
        .map((number): Response => ({ sid: sidOf("TH", number), by: "page" }));
      return { items, ...(end < this.stored.length && { next: String(end) }) };
    },
  };
}

let now: number;
let collections: Collections;
beforeEach(() => {
  now = 0;
  collections = new Collections(() => now);
});

const read = (shelf: Shelf, number: number, definition: ResourceDefinition = thing): Promise<Response> =>
  collections.fetch(definition, shelf.operations, { parents, sid: sidOf("TH", number) });

/** As Pulumi asks: so many at a time, the next as soon as one is answered. */
async function readAll(shelf: Shelf, wanted: readonly number[], atOnce: number): Promise<Response[]> {
  const rest = [...wanted];
  const found: Response[] = [];
  const worker = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift())
      found.push(await read(shelf, next));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return found;
}

describe("reads of one collection", () => {
  interface Row {
    what: string;
    stored: number[];
    wanted: number[];
    atOnce: number;
    pageSize?: number;
    fetches: number;
    pages: number;
  }
  const rows: Row[] = [
    { what: "one is fetched", stored: numbers(50), wanted: [7], atOnce: 1, fetches: 1, pages: 0 },
    { what: "two are fetched", stored: numbers(50), wanted: [7, 8], atOnce: 2, fetches: 2, pages: 0 },
    { what: "two, one after the other", stored: numbers(50), wanted: [7, 8], atOnce: 1, fetches: 2, pages: 0 },
    { what: "three at once are a page", stored: numbers(50), wanted: [7, 8, 9], atOnce: 3, fetches: 0, pages: 1 },
    { what: "the third in a row asks for a page", stored: numbers(50), wanted: numbers(40), atOnce: 1, fetches: 2, pages: 1 },
    { what: "a thousand and two, all at once", stored: numbers(1002), wanted: numbers(1002), atOnce: 1002, fetches: 2, pages: 1 },
    { what: "a thousand and two, eight at a time", stored: numbers(1002), wanted: numbers(1002), atOnce: 8, fetches: 2, pages: 1 },
    { what: "growth by pages", stored: numbers(2004), wanted: numbers(2004), atOnce: 8, fetches: 0, pages: 3 },
    { what: "in small pages", stored: numbers(1000), wanted: numbers(1000), atOnce: 8, pageSize: 100, fetches: 0, pages: 10 },
    { what: "a list in the other order", stored: numbers(2500).reverse(), wanted: numbers(2500), atOnce: 8, fetches: 16, pages: 3 },
    { what: "a few in a list without end", stored: numbers(100_000), wanted: [99_001, 99_002, 99_003], atOnce: 3, fetches: 3, pages: 1 },
  ]; // prettier-ignore
  test.each(rows)("$what", async ({ stored, wanted, atOnce, pageSize = 1000, fetches, pages }) => {
    const shelf = new Shelf(stored);
    shelf.pageSize = pageSize;
    const found = await readAll(shelf, wanted, atOnce);
    expect(found.map(({ sid }) => sid).sort()).toEqual(wanted.map((number) => sidOf("TH", number)).sort());
    expect({ fetches: shelf.fetches, pages: shelf.pages }).toEqual({ fetches, pages });
  });

  test("what no page has is gone by its own answer alone", async () => {
    const shelf = new Shelf(numbers(10));
    const listed = readAll(shelf, [1, 2, 3], 3);
    await expect(read(shelf, 11)).rejects.toMatchObject({ status: 404 });
    await listed;
    expect({ fetches: shelf.fetches, pages: shelf.pages }).toEqual({ fetches: 1, pages: 1 });
    // A list that is behind, and leaves out what is there.
    shelf.stored.push(12);
    expect(await read(shelf, 12)).toMatchObject({ by: "fetch" });
  });

  test("where the list is refused each is fetched, and the list is not asked for again", async () => {
    const shelf = new Shelf(numbers(20));
    shelf.refused = true;
    expect(await readAll(shelf, numbers(20), 4)).toHaveLength(20);
    expect({ fetches: shelf.fetches, pages: shelf.pages }).toEqual({ fetches: 20, pages: 1 });
  });

  test("collections are told apart by parents and kind", async () => {
    const shelf = new Shelf(numbers(3));
    await readAll(shelf, numbers(3), 3);
    const elsewhere = { parents: { placeSid: sidOf("PL", 2) }, sid: sidOf("TH", 1) };
    expect(await collections.fetch(thing, shelf.operations, elsewhere)).toMatchObject({ by: "fetch" });
    expect(await read(shelf, 1, { ...thing, token: "twilio:test:Other" })).toMatchObject({ by: "fetch" });
    expect(await read(shelf, 1)).toMatchObject({ by: "page" });
  });

  test.each<[string, Partial<ResourceDefinition>]>([
    ["lists leave out some of it", { listsInPart: true }],
    ["there is one for each parent", { sid: "" }],
  ])("is fetched where %s", async (_what, facts) => {
    const { sid: _, ...rest } = thing;
    const definition = facts.sid === "" ? rest : { ...thing, ...facts };
    const shelf = new Shelf(numbers(9));
    await Promise.all(numbers(9).map((number) => read(shelf, number, definition)));
    expect({ fetches: shelf.fetches, pages: shelf.pages }).toEqual({ fetches: 9, pages: 0 });
  });

  test.each([
    ["after a write", () => collections.forget()],
    ["after a minute", () => (now = 60_000)],
  ])("%s nothing that was read before is told", async (_what, happen) => {
    const shelf = new Shelf(numbers(5));
    await readAll(shelf, numbers(3), 3);
    expect(await read(shelf, 4)).toMatchObject({ by: "page" });
    happen();
    expect(await read(shelf, 4)).toMatchObject({ by: "fetch" });
  });
});

describe("all of a collection", () => {
  const all = (shelf: Shelf): Promise<readonly Response[] | undefined> =>
    collections.all(thing, shelf.operations, parents);

  test("is one page, where three or more ask", async () => {
    const shelf = new Shelf(numbers(5));
    expect(await all(shelf)).toBeUndefined();
    const found = await Promise.all(numbers(40).map(() => all(shelf)));
    expect(found.map((items) => items?.length)).toEqual(numbers(40).map(() => 5));
    expect(shelf.pages).toBe(1);
  });

  test("is not told where it needs several pages", async () => {
    const shelf = new Shelf(numbers(5000));
    expect(await Promise.all(numbers(3).map(() => all(shelf)))).toEqual([undefined, undefined, undefined]);
    expect(shelf.pages).toBe(1);
  });
});
