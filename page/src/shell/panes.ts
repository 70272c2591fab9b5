import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import "../panes/phones/phones.ts";
import "../panes/agents/agents.ts";
import "../panes/journey/journey.ts";

/** A part of the page, in the order of the menu. */
export interface Pane {
  /** First part of the address: `#/phones`. */
  readonly id: string;
  readonly title: string;
  /** Of 20 by 20, drawn in lines. */
  readonly icon: SVGTemplateResult;
  /** @param path what follows in the address: of `#/journey/CH…` that SID */
  show(path: readonly string[]): TemplateResult;
}

export const panes: readonly Pane[] = [
  {
    id: "phones",
    title: "Phones",
    icon: svg`<rect x="5.5" y="1.5" width="9" height="17" rx="2"/><path d="M9 15.5h2"/>`,
    show: () => html`<phones-pane></phones-pane>`,
  },
  {
    id: "agents",
    title: "Agents",
    icon: svg`<circle cx="10" cy="6.5" r="3.5"/><path d="M3.5 17.5c.5-4 3.200-5.5 6.5-5.5s6 1.5 6.5 5.5"/>`,
    show: () => html`<agents-pane></agents-pane>`,
  },
  {
    id: "journey",
    title: "Journey",
    icon: svg`<circle cx="4" cy="4.5" r="2"/><circle cx="16" cy="15.5" r="2"/><path d="M6 4.5h6a3 3 0 0 1 0 5.5H8a3 3 0 0 0 0 5.5h6"/>`,
    show: ([sid = ""]) => html`<journey-pane .sid=${sid}></journey-pane>`,
  },
];
