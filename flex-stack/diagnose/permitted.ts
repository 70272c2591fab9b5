import { TwilioError } from "../../provider/access.ts";

/** A read whose refusal is left to whoever needs what it gives. */
export async function permitted<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TwilioError) return undefined;
    throw error;
  }
}
