/** A resource as it is stored, its fields still JSON text. */
export interface Row {
  /** Creation order, never used twice. */
  readonly seq: number;
  readonly kind: string;
  readonly sid: string;
  readonly account_sid: string;
  readonly parent_sid: string;
  readonly created: number;
  readonly updated: number;
  /** Number of updates so far: Twilio's ETag. */
  readonly revision: number;
  readonly fields: string;
}
