import type { EngineRunOptions } from "../pulumi/stack-engine.ts";

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

/** The same options as a run of the engine takes them. */
export function engineOptions(
  options: StackOptions,
): Pick<EngineRunOptions, "refresh" | "target" | "parallel"> {
  return {
    refresh: options.refresh,
    target: options.target.map(targetPattern),
    ...(options.parallel === undefined ? {} : { parallel: options.parallel }),
  };
}

/** A resource's name as a pattern of URNs; URNs and patterns stay. */
export function targetPattern(target: string): string {
  return target.startsWith("urn:") || target.includes("*") ? target : `**::${target}`;
}
