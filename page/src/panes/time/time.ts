import { html } from "lit";
import { define, PageElement } from "../../ui/element.ts";
import "./clock-card.ts";
import "./fault-card.ts";
import "./reset-card.ts";
import "./sink-card.ts";

/** The clock and what goes wrong on purpose; what came to programs that do not run; how to begin anew. */
class TimePane extends PageElement {
  protected override render(): unknown {
    return html`
      <div class="pane-head"><h1>Time and trouble</h1></div>
      <div class="time-cards">
        <clock-card></clock-card>
        <fault-card></fault-card>
        <sink-card></sink-card>
        <reset-card></reset-card>
      </div>
    `;
  }
}

define("time-pane", TimePane);
