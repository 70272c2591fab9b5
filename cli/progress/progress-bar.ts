import { MultiBar } from "cli-progress";
import type { Operation } from "../../flex-stack/changes/operation.ts";
import type { ProgressOptions, ProgressReporter } from "../../flex-stack/changes/progress-reporter.ts";
import type { Dialogue } from "../../flex-stack/ports/dialogue.ts";
import { verbText } from "../../flex-stack/report/change-words.ts";
import { barLine } from "./bar-line.ts";
import { newsText } from "./progress.ts";

/**
 * A bar at the bottom of the terminal: resources done of those expected, what
 * is being worked on, time so far. Changes, failures and messages scroll above it.
 *
 * @param options.expected The bar grows when there are more.
 */
export function progressBar(
  terminal: Dialogue,
  { title, expected, beside }: Omit<ProgressOptions, "json">,
  stream: NodeJS.WritableStream = process.stdout,
): ProgressReporter {
  const line = barLine(title, terminal.columns);
  const bars = new MultiBar({ ...line.options, fps: 10, stream });
  const first = "starting";
  const bar = bars.create(Math.max(expected, 1), 0, { current: first });
  const running = new Map<string, string>();
  let compared = "";
  const update = (operation: Operation): void => {
    bar.setTotal(Math.max(expected, operation.seen, 1));
    const current =
      [...running.values()].at(-1) ?? (operation.seen === 0 && compared === "" ? first : compared);
    bar.update(operation.finished, { current: line.fit(current) });
  };
  return {
    show: (progress, operation) => {
      const news = newsText(progress, terminal, beside);
      if (news !== undefined) bars.log(`${news}\n`);
      if (progress.kind === "resource") {
        const { change } = progress;
        if (change.status === "running" && change.remote) {
          running.set(change.urn, `${verbText(change.kind, change.status)} ${change.name}`);
        } else {
          running.delete(change.urn);
        }
      }
      compared = progress.kind === "compared" ? `compared ${progress.name} with Twilio` : "";
      update(operation);
    },
    tell: (text) => bars.log(`${text}\n`),
    finish: () => {
      // Stopping drops what was logged since the last redraw.
      bars.update();
      bars.stop();
    },
  };
}
