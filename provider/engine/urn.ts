/** The name in a URN: `billing` of `urn:pulumi:dev::shop::twilio:taskrouter:TaskQueue::billing`. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** The resource's own type in a URN, without those of its parents: `twilio:taskrouter:TaskQueue` above. */
export function typeOf(urn: string): string {
  const types = urn.slice(0, urn.lastIndexOf("::"));
  return types.slice(Math.max(types.lastIndexOf("::") + 2, types.lastIndexOf("$") + 1));
}

/** Stack and project in a URN. Nothing where it is no URN. */
export function stackOf(urn: string): { stack: string; project: string } | undefined {
  const found = /^urn:pulumi:(.+?)::(.+?)::/.exec(urn);
  return found ? { stack: found[1]!, project: found[2]! } : undefined;
}
