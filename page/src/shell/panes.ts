import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import "../panes/phones/phones.ts";
import "../panes/agents/agents.ts";
import "../panes/journey/journey.ts";
import "../panes/routing/routing.ts";
import "../panes/account/account.ts";
import "../panes/time/time.ts";

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
  {
    id: "routing",
    title: "Routing",
    icon: svg`<rect x="1.5" y="7.5" width="5" height="5" rx="1"/><rect x="13.5" y="1.5" width="5" height="5" rx="1"/><rect x="13.5" y="13.5" width="5" height="5" rx="1"/><path d="M6.5 10h3.5m0 0V4h3.5M10 10v6h3.5"/>`,
    show: () => html`<routing-pane></routing-pane>`,
  },
  {
    id: "account",
    title: "Account",
    icon: svg`<ellipse cx="10" cy="4.5" rx="7" ry="2.5"/><path d="M3 4.5v11c0 1.400 3.100 2.5 7 2.5s7-1.100 7-2.5v-11M3 10c0 1.400 3.100 2.5 7 2.5s7-1.100 7-2.5"/>`,
    show: (path) => html`<account-pane .path=${path}></account-pane>`,
  },
  {
    id: "time",
    title: "Time",
    icon: svg`<circle cx="10" cy="10" r="8"/><path d="M10 5.5V10l3 2"/>`,
    show: () => html`<time-pane></time-pane>`,
  },
];
