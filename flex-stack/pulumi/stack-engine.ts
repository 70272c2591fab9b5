import type { EngineEvent } from "@pulumi/pulumi/automation/events.js";
import { Failure } from "../failure/failure.ts";
import { EventLog } from "./event-log.ts";
import { PulumiExit, type PulumiProcess, type PulumiResult } from "./pulumi-process.ts";

/**
 * Operations that run at a time. Pulumi goes by the number of processors; what an operation waits for is Twilio. It is some
 * more than the requests that the provider lets be open at once, which bounds them for Twilio, so that there is always one
 * to send.
 */
export const operationsAtATime = 32;

/** Hears the engine's events. */
export type OnEvent = (event: EngineEvent) => void;

/** A run of the engine. Each is the option of `pulumi` that is called like it; absent: Pulumi's own default. */
export interface EngineRunOptions {
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  readonly continueOnError?: boolean;
  /** Take the providers' settings from the program, where they would come from the state. */
  readonly runProgram?: true;
  /** URNs, or patterns of them. */
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
  /** Operations at a time. @default PULUMI_PARALLEL, else {@link operationsAtATime} */
  readonly parallel?: number;
  /** Variables of this run alone, beside those of the stack. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onEvent: OnEvent;
  /**
   * Told after a preview whether a plan that it saved (`--save-plan`) has all that the program asked for, where that is
   * known.
   */
  onPlanned?(plansAll: boolean): void;
}

/** The stack whose engine runs, and where. */
export interface EnginePlace {
  readonly stack: string;
  readonly projectFolder: string;
  /** Read at the start of each run. */
  readonly env: Readonly<Record<string, string>>;
  /** More variables for a run with these options for Pulumi itself. */
  variables?(pulumiOptions: readonly string[]): Readonly<Record<string, string>>;
  /** Starts what takes the place of Pulumi's own language host in a preview; absent or undefined: nothing does. */
  startHost?(pulumiOptions: readonly string[], options: EngineRunOptions): Promise<PreviewHost | undefined>;
}

/** What takes the place of Pulumi's own language host. */
export interface PreviewHost {
  /** By which Pulumi finds it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<HostedPreview>;
}

/** What was learned of a preview beside what its events tell. */
export interface HostedPreview {
  /** A plan that Pulumi saved (`--save-plan`) has all that the program asked for. */
  readonly plansAll: boolean;
  /** What took the place of the language host was gone before the end; Pulumi says no more than that it failed. */
  readonly failure?: Failure | undefined;
}

/**
 * Runs Pulumi's engine on one stack, and hears its events. It does what the Automation API does for a program in a
 * folder, without what that costs: the API loads all of Pulumi's SDK, asks Pulumi for its version, and for outputs and
 * history after each run, which the events have told. Nor does it select the stack for whoever types `pulumi up` next.
 */
export class StackEngine {
  readonly #pulumi: PulumiProcess;
  readonly #place: EnginePlace;

  constructor(pulumi: PulumiProcess, place: EnginePlace) {
    this.#pulumi = pulumi;
    this.#place = place;
  }

  async preview(options: EngineRunOptions): Promise<PulumiResult> {
    const host = await this.#place.startHost?.(this.#pulumi.extraOptions, options);
    let hosted: HostedPreview | undefined;
    try {
      return await this.#run(["preview"], { ...options, env: { ...options.env, ...host?.env } }).finally(
        async () => (hosted = await host?.close()),
      );
    } catch (error) {
      // A Pulumi that was ended itself takes its host with it.
      const byItself = error instanceof PulumiExit && error.result.signal === undefined;
      throw byItself ? (hosted?.failure ?? error) : error;
    } finally {
      options.onPlanned?.(hosted?.plansAll ?? false);
    }
  }

  up(options: EngineRunOptions): Promise<PulumiResult> {
    return this.#run(["up", "--yes", "--skip-preview"], options);
  }

  refresh(options: EngineRunOptions): Promise<PulumiResult> {
    return this.#run(["refresh", "--skip-preview", "--yes"], options);
  }

  previewRefresh(options: EngineRunOptions): Promise<PulumiResult> {
    return this.#run(["refresh", "--preview-only"], options);
  }

  destroy(options: EngineRunOptions): Promise<PulumiResult> {
    return this.#run(["destroy", "--yes", "--skip-preview"], options);
  }

  previewDestroy(options: EngineRunOptions): Promise<PulumiResult> {
    return this.#run(["destroy", "--preview-only"], options);
  }

  /** @throws PulumiExit when it ended with another exit code than 0 */
  async #run(command: readonly string[], options: EngineRunOptions): Promise<PulumiResult> {
    const { stack, projectFolder, env } = this.#place;
    const more = this.#place.variables?.(this.#pulumi.extraOptions);
    let ended = false;
    const log = new EventLog((event) => {
      if (event.summaryEvent) ended = true;
      options.onEvent(event);
    });
    const words = [...command, ...optionWords(options), "--exec-kind", "auto.local", "--event-log", log.file];
    // Pulumi hides the option of the event log otherwise.
    const variables = { ...env, ...more, ...options.env, PULUMI_DEBUG_COMMANDS: "true" };
    let exit: PulumiExit | undefined;
    let broken: SyntaxError | undefined;
    let result: PulumiResult | undefined;
    try {
      result = await this.#pulumi.run([...words, "--stack", stack], projectFolder, variables);
    } catch (error) {
      if (!(error instanceof PulumiExit)) throw error;
      exit = error;
    } finally {
      broken = closed(log);
    }
    if (exit !== undefined) throw exit;
    if (result === undefined || broken !== undefined || !ended) throw unheard(broken);
    return result;
  }
}

function optionWords(options: EngineRunOptions): string[] {
  const flags = [
    ...(options.expectNoChanges ? ["--expect-no-changes"] : []),
    ...(options.refresh ? ["--refresh"] : []),
    ...(options.continueOnError ? ["--continue-on-error"] : []),
    ...(options.runProgram ? ["--run-program=true"] : []),
  ];
  const values = (name: string, list: readonly string[] = []) => list.flatMap((value) => [name, value]);
  return [
    ...flags,
    ...values("--exclude", options.exclude),
    ...values("--target", options.target),
    ...parallelWords(options.parallel ?? (process.env["PULUMI_PARALLEL"] ? undefined : operationsAtATime)),
    "--color",
    "never",
  ];
}

function parallelWords(operations: number | undefined): string[] {
  return operations === undefined ? [] : ["--parallel", String(operations)];
}

/** @returns that what was heard is not all of it */
function closed(log: EventLog): SyntaxError | undefined {
  try {
    log.end();
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** Pulumi goes on where its events can't be written, and does not mention it. */
function unheard(cause: unknown): Failure {
  return new Failure({
    what: "Pulumi came to its end, but what it did could not be heard.",
    why: "Its events are written into a file in the folder for temporary files, which did not work.",
    fix: "Make room there (TMPDIR names the folder), then look at npm run preview.",
    cause,
  });
}
