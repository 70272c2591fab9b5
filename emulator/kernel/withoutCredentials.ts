import { withoutSecretPlaces } from "../../secrets/secret-places.ts";

/** A text without the credentials in its addresses: users may write their handler's password into its URL. */
export function withoutCredentials(text: string): string {
  return withoutSecretPlaces(text).replace(/\b(https?:\/\/)[^\s/?#@"']*@/gi, "$1***@");
}
