import { FlexPlugin, loadPlugin } from "@twilio/flex-plugin";
import type * as FlexUi from "@twilio/flex-ui";
import { flexMessaging } from "./flex-messaging.ts";
import { reasonOf } from "./report.ts";

class FlexMessagingPlugin extends FlexPlugin {
  constructor() {
    super("FlexMessagingPlugin");
  }

  override init(flex: typeof FlexUi, manager: FlexUi.Manager): void {
    // Flex UI 2 lets agents wait for a plugin whose start fails, and the others with it.
    try {
      flexMessaging(flex, manager);
    } catch (error) {
      console.error(`Flex messaging: could not start, and changes nothing: ${reasonOf(error)}`);
    }
  }
}

loadPlugin(FlexMessagingPlugin);
