import { FlexPlugin, loadPlugin } from "@twilio/flex-plugin";
import type * as FlexUi from "@twilio/flex-ui";
import { flexMessaging } from "./flex-messaging.ts";

class FlexMessagingPlugin extends FlexPlugin {
  constructor() {
    super("FlexMessagingPlugin");
  }

  override init(flex: typeof FlexUi, manager: FlexUi.Manager): void {
    flexMessaging(flex, manager);
  }
}

loadPlugin(FlexMessagingPlugin);
