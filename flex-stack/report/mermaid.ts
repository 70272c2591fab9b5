import { canceled, notCreated, routingOn, shortList, type Side, targetText } from "./picture-lines.ts";
import type { Mark, PictureFilter, RoutingPicture } from "../meaning/index.ts";

const classes = [
  "  classDef added fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  "  classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  "  classDef removed fill:#f6f8fa,stroke:#59636e,color:#59636e,stroke-dasharray:4",
  // Red is for what no agent gets, and for nothing else.
  "  classDef lost fill:#ffebe9,stroke:#cf222e,color:#a40e26,stroke-width:2px",
];

const prefixes: Readonly<Record<Mark, string>> = {
  same: "",
  added: "new: ",
  changed: "changed: ",
  removed: "removed: ",
};

/**
 * A picture of routing in Mermaid's language. Node ids are ours, and labels hold letters, digits and little else
 * as they are: everything that could end a label or begin a directive is a character code.
 */
export function mermaid(picture: RoutingPicture, side: Side = "after"): string {
  const { workflow, entries } = picture;
  const { filters: all, otherwise } = routingOn(picture, side);
  const filters = drawn(all);
  const lines = ["flowchart LR", `  w(${label(workflow)})`];
  // Several ways through one flow meet in it.
  const flows = [...new Set(entries.map(({ flow }) => flow))];
  flows.forEach((flow, index) => lines.push(`  s${index}[[${label(`Studio flow ${flow}`)}]] --> w`));
  entries.forEach(({ to, by, flow }, index) =>
    lines.push(`  e${index}([${label(by, ...shortList(to))}]) --> s${flows.indexOf(flow)}`),
  );
  filters.forEach(({ name, expression, mark, targets, deadEnd }, index) => {
    const id = `f${index}`;
    lines.push(`  w --> ${id}[${label(`${prefixes[mark]}${name}`, expression)}]${style(mark)}`);
    let from = id;
    targets.forEach((target, step) => {
      const to = `${id}t${step}`;
      const arrow = step === 0 ? "-->" : "-. then .->";
      lines.push(
        `  ${from} ${arrow} ${to}([${label(`${prefixes[target.mark]}${targetText(target)}`)}])${style(target.mark, target.unserved)}`,
      );
      from = to;
    });
    if (deadEnd === true) lines.push(`  ${from} -. then .-> ${id}e{{${label(canceled)}}}:::lost`);
  });
  const hidden = all.length - filters.length;
  if (hidden > 0) lines.push(`  w -.- more[${label(`${hidden} more filters`)}]`);
  const rest = label(
    prefixes[otherwise.mark] +
      targetText({ ...otherwise, queue: otherwise.queue ?? notCreated, conditions: [] }),
  );
  lines.push(
    otherwise.lost === true
      ? `  w -- otherwise --> d{{${rest}}}:::lost`
      : `  w -- otherwise --> d([${rest}])${style(otherwise.mark, otherwise.unserved)}`,
  );
  return [...lines, ...classes].join("\n");
}

/** Steps in one picture: GitHub draws at most 500 arrows, and nobody reads that many. */
const maxSteps = 120;

/** All filters where they fit, else those that changed, as many as fit. */
function drawn(filters: readonly PictureFilter[]): readonly PictureFilter[] {
  const steps = (list: readonly PictureFilter[]) =>
    list.reduce((sum, { targets }) => sum + 1 + targets.length, 0);
  if (steps(filters) <= maxSteps) return filters;
  const isMarked = ({ mark, targets }: PictureFilter) =>
    mark !== "same" || targets.some((target) => target.mark !== "same");
  let left = maxSteps;
  return filters.filter(isMarked).filter((filter) => (left -= steps([filter])) >= 0);
}

function style(mark: Mark, unserved = false): string {
  if (unserved) return ":::lost";
  return mark === "same" ? "" : `:::${mark}`;
}

/** Lines of a label, in quotes; a long line is cut, since a picture is no place to read it. */
export function label(...lines: readonly string[]): string {
  // Mermaid takes no empty label.
  return `"${lines.map((line) => escaped(cut(line))).join("<br/>") || " "}"`;
}

const maxLine = 80;

function cut(line: string): string {
  const letters = [...line];
  return letters.length > maxLine ? `${letters.slice(0, maxLine - 1).join("")}…` : line;
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,=:/()'+…→-]/gu, (letter) =>
    /\p{C}|\p{Z}/u.test(letter) ? " " : `#${letter.codePointAt(0)};`,
  );
}
