import type { CommandContext } from "../terminal/command-context.ts";
import { failureJson, type Failure } from "../../flex-stack/failure/failure.ts";
import type { Document } from "../../flex-stack/report/document.ts";
import type { Origin } from "../../flex-stack/report/origin.ts";
import { publish as publishDocument } from "../report/publish.ts";
import {
  driftDocument,
  driftJson,
  type DriftOptions,
  type DriftReport,
} from "../../flex-stack/drift/index.ts";

interface Form extends Pick<DriftOptions, "format" | "output"> {
  /** What a page says of where it comes from. */
  readonly origin?: Origin | undefined;
}

/** Prints the report, or writes it to the file that was asked for and says so. */
export function publish(report: DriftReport, form: Form, context: CommandContext): void {
  publishAs(
    form,
    report.stack,
    driftDocument(report, { cost: form.format === "text" }),
    driftJson(report),
    context,
  );
}

/** Leaves no earlier report where somebody looks for the one of this check, which there is none of. */
export function publishFailure(failure: Failure, stack: string, form: Form, context: CommandContext): void {
  if (form.format === "text" && form.output === undefined) return;
  const { what, why, fix } = failure;
  const lines = [
    what,
    ...(why === undefined ? [] : [`why: ${why}`]),
    ...(fix === undefined ? [] : [`fix: ${fix}`]),
  ];
  const document: Document = {
    kind: `drift/${stack}`,
    title: `Stack ${stack}: the check for drift failed`,
    blocks: [{ kind: "lines", text: lines.join("\n") }],
  };
  const json = { stack, ...(JSON.parse(failureJson(failure)) as object) };
  publishAs(form, stack, document, json, context);
}

function publishAs(
  { format, output, origin }: Form,
  stack: string,
  document: Document,
  json: object,
  { terminal }: CommandContext,
): void {
  publishDocument(
    { format, output, origin, document, json, elsewhere: `npx flex-stack drift --stack ${stack}` },
    terminal,
  );
  if (output !== undefined) terminal.complain(`${document.title}; the report is in ${output}.`);
}
