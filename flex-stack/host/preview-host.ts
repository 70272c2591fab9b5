import type { ProjectSettings } from "@pulumi/pulumi/automation/index.js";
import type { EnginePlace, PreviewHost } from "../pulumi/stack-engine.ts";
import { isHostable } from "./hostable.ts";
import { leanVariables } from "./lean-variables.ts";
import { startHost } from "./start-host.ts";

/** The project that Pulumi's engine runs on. */
export interface HostedProject {
  readonly projectFolder: string;
  readonly project: ProjectSettings;
  readonly backend: string;
  /** Of Pulumi's runs on it; read at the start of each. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Lets the program, the provider and the policy pack of a preview share one process, and the processes of other runs load
 * less, where the project allows it. What the program prints is heard as Pulumi tells it: as information.
 */
export function hosting(project: HostedProject): Pick<EnginePlace, "variables" | "startHost"> {
  const { projectFolder, env } = project;
  return {
    variables: (pulumiOptions) =>
      isHostable({ ...project, pulumiOptions, env: process.env }) ? leanVariables(pulumiOptions) : {},
    startHost: async (pulumiOptions, { env: more, onEvent }): Promise<PreviewHost | undefined> => {
      if (!isHostable({ ...project, pulumiOptions, env: process.env })) return undefined;
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
          const failure = await host.close();
          return { plansAll: host.plansAll === true, failure };
        },
      };
    },
  };
}
