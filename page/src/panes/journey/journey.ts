import { empty } from "../../ui/text.ts";
import { define, PageElement } from "../../ui/element.ts";

class JourneyPane extends PageElement {
  static override properties = { sid: {} };
  declare sid: string;

  protected override render(): unknown {
    return empty("Journey");
  }
}

define("journey-pane", JourneyPane);
