/** Options that every command on a stack has. */
export interface StackOptions {
  stack: string;
  /** Read Twilio before, and count what changed there as a difference. */
  refresh: boolean;
  json: boolean;
  parallel?: number;
  /** Names or URNs of resources. */
  target: string[];
  cwd: string;
}

/** The same options as the Automation API takes them. */
export function engineOptions(options: StackOptions): {
  color: "never";
  refresh: boolean;
  target?: string[];
  parallel?: number;
} {
  return {
    color: "never",
    refresh: options.refresh,
    ...(options.target.length > 0 ? { target: options.target.map(targetPattern) } : {}),
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
  };
}

/** A resource's name as a pattern of URNs; URNs and patterns stay. */
export function targetPattern(target: string): string {
  return target.startsWith("urn:") || target.includes("*") ? target : `**::${target}`;
}
