import { empty } from "../../ui/text.ts";
import { define, PageElement } from "../../ui/element.ts";

class AgentsPane extends PageElement {
  protected override render(): unknown {
    return empty("Agents");
  }
}

define("agents-pane", AgentsPane);
