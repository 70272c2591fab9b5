import type { Finding } from "./finding.ts";
import { fingerprint } from "./fingerprint.ts";
import { alarms, type Review } from "./verdict.ts";

/** All that a drift check found out. */
export interface DriftReport extends Review {
  readonly stack: string;
  /** Resources that were compared. */
  readonly compared: number;
  /** Unmanaged resources that were there before the stack, and are left out. */
  readonly older: number;
  /** What could not be looked into, each with the reason. */
  readonly blind: readonly string[];
  readonly baseline: string | undefined;
  readonly durationMs: number;
  /** Requests to Twilio. */
  readonly apiRequests: number;
}

/** Findings that somebody has to look at. */
export function alarming({ judged }: Pick<Review, "judged">): Finding[] {
  return judged.filter(alarms).map(({ finding }) => finding);
}

/** Of everything that alarms together: as long as it stays the same there is no news. */
export function reportFingerprint(report: Pick<Review, "judged">): string {
  return fingerprint(
    alarming(report)
      .map((finding) => finding.fingerprint)
      .sort(),
  );
}
