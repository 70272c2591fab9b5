import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A plan of Pulumi's own, which holds an update to its preview while it runs. */
export interface HeldPlan {
  /** Options that have the preview write it. */
  readonly save: readonly string[];
  /** Options that hold the update to it; none when the preview could not write one. */
  use(): readonly string[];
  /** The plan, as JSON has it; undefined when the preview wrote none. */
  read(): unknown;
  remove(): void;
}

/**
 * Between a preview that equals the reviewed one and the update, somebody may still change state or program. Pulumi
 * then refuses the step that is not in its plan. The file has the resources' properties, so it lives as long as the
 * command, readable by its user only.
 */
export function heldPlan(): HeldPlan {
  const folder = mkdtempSync(join(tmpdir(), "flex-stack-plan-"));
  const file = join(folder, "plan.json");
  return {
    save: ["--save-plan", file],
    use: () => (existsSync(file) ? ["--plan", file] : []),
    read: () => (existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : undefined),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
