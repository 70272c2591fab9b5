import type { ProjectSettings } from "@pulumi/pulumi/automation/index.js";
import type { EngineRunOptions, PreviewHost } from "../pulumi/stack-engine.ts";
import { isHostable } from "./hostable.ts";
import { startHost } from "./start-host.ts";

/** The project whose previews are hosted. */
export interface HostedProject {
  readonly projectFolder: string;
  readonly project: ProjectSettings;
  /** Of Pulumi's runs on it; read at the start of each. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Lets the program, the provider and the policy pack of a preview share one process, where the project allows it. What the program
 * prints is heard as Pulumi tells it: as information.
 */
export function previewHostOf({ projectFolder, project, env }: HostedProject) {
  return async (
    pulumiOptions: readonly string[],
    { env: more, onEvent }: EngineRunOptions,
  ): Promise<PreviewHost | undefined> => {
    if (!isHostable({ projectFolder, project, pulumiOptions })) return undefined;
    const host = await startHost({
      projectFolder,
      env: { ...env, ...more },
      onLine: (stream, line) =>
        onEvent({
          sequence: 0,
          timestamp: Math.floor(Date.now() / 1000),
          diagnosticEvent: {
            message: `${line}\n`,
            color: "never",
            severity: stream === "stdout" ? "info" : "info#err",
          },
        }),
    });
    return {
      env: { PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}` },
      close: async () => {
        await host.close();
        return { plansAll: host.plansAll === true };
      },
    };
  };
}
