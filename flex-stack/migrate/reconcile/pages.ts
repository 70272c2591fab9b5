/** A page of a list, as the SDK gives it. */
export interface Page<T> {
  readonly instances: readonly T[];
  nextPage(): Promise<Page<T>> | undefined;
}

/** All items of a list, or those up to where it need not go on. @param goesOn Is asked after each page */
export async function allPages<T>(
  first: Promise<Page<T>>,
  goesOn: (items: readonly T[]) => boolean = () => true,
): Promise<{ readonly items: readonly T[]; readonly isWhole: boolean }> {
  const items: T[] = [];
  for (let page: Page<T> | undefined = await first; ;) {
    items.push(...page.instances);
    if (page.instances.length > 0 && !goesOn(page.instances)) return { items, isWhole: false };
    const next: Promise<Page<T>> | undefined = page.instances.length === 0 ? undefined : page.nextPage();
    if (next === undefined) return { items, isWhole: true };
    page = await next;
  }
}

/** Works on all items, so many at once at most. */
export async function each<T>(
  items: Iterable<T>,
  atOnce: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
