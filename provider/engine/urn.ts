/** The name in a URN: `billing` of `urn:pulumi:dev::shop::twilio:taskrouter:TaskQueue::billing`. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** Stack and project in a URN. Nothing where it is no URN. */
export function stackOf(urn: string): { stack: string; project: string } | undefined {
  const found = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn);
  return found ? { stack: found[1]!, project: found[2]! } : undefined;
}
