import type { Change, Context } from "../../kernel/context.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { OwnEndpoint } from "../../kernel/ownEndpoints.ts";
import type { Product } from "../../kernel/product.ts";
import type { Resource } from "../../kernel/resource.ts";
import type { OnAnswer } from "../../kernel/webhook.ts";

/**
 * A part of what happens between the products by itself: tasks, flows, texts, one kind of conversation. All parts stand
 * side by side and see every write; none knows of another that it does not build on.
 */
export interface Part {
  /** Does what follows from a write, in the same transaction. */
  onChange(change: Change, context: Context): void;
  /** Resources that it keeps for itself, or whose due work it does. */
  readonly resources?: readonly Resource<never>[];
  /** What is done with the answers of those whom it asks and tells, by purpose. */
  readonly answers?: Readonly<Record<string, OnAnswer>>;
  /** How messages come into it. */
  readonly entrance?: Entrance;
  /** Further endpoints of the local Twilio's own. */
  endpoints?(kernel: Kernel, accountSid: string): OwnEndpoint[];
  /** A product with what this part needs of Twilio and no document tells of. */
  extend?(product: Product): Product;
}

/** A form of what `POST /_emulator/messages` takes. */
export interface Entrance {
  /** The property that tells it from others; undefined: it is meant where there is none. */
  readonly property: string | undefined;
  /** How it looks, for people. */
  readonly shape: string;
  /** Reads it; what comes back lets the message in and gives its SID. @throws z.ZodError */
  read(content: unknown): (context: Context) => string;
}
