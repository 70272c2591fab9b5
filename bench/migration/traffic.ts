import type { Random } from "../random.ts";
import type { Account } from "./account.ts";
import { pairOf, type Desk } from "./desk.ts";
import type { Moment, Sent } from "./ledger.ts";

/** Customers who write to numbers at random. */
export class Traffic {
  readonly sent: Sent[] = [];
  /** What is going on, to be told of texts that are sent meanwhile. */
  moment: Moment = "legacy";
  readonly #account: Account;
  readonly #desk: Desk;
  readonly #random: Random;
  readonly #customers: readonly string[];
  readonly #numbers: readonly string[];
  readonly #underWay = new Set<Promise<void>>();
  #count = 0;

  constructor(account: Account, desk: Desk, random: Random, customers: number, numbers: readonly string[]) {
    this.#account = account;
    this.#desk = desk;
    this.#random = random;
    this.#customers = Array.from(
      { length: customers },
      (_, index) => `+1628${String(2_000_000 + index).padStart(7, "0")}`,
    );
    this.#numbers = numbers;
  }

  /** Lets a text come in without waiting for it. */
  write(): void {
    const sending = this.#write().finally(() => this.#underWay.delete(sending));
    this.#underWay.add(sending);
  }

  /** Waits until all texts that were written are in. */
  async quiet(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Lets so many texts come in, while agents work and end a share of what they hold each time. */
  async day(texts: number, ended: number): Promise<void> {
    for (let at = 0; at < texts; at += 20) {
      for (let some = 0; some < Math.min(20, texts - at); some++) this.write();
      await this.quiet();
      await this.#account.advance(this.#random.between(60, 1800));
      await this.#desk.work(ended);
    }
  }

  async #write(): Promise<void> {
    const from = this.#random.pick(this.#customers);
    const to = this.#random.pick(this.#numbers);
    const body = `Text ${++this.#count}`;
    const { moment } = this;
    const duringChat = this.#desk.chats().has(pairOf(from, to));
    const sid = await this.#account.text(from, to, body);
    this.sent.push({ body, sid, from, to, moment, duringChat });
  }
}
