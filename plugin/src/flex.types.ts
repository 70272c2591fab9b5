import type * as Newest from "@twilio/flex-ui";
import type * as Oldest from "flex-ui-1.9";
import type { Flex, Manager } from "./flex.ts";

type Is<Wanted, Given extends Wanted> = Given;

/** Compiles only while the newest and the oldest supported Flex UI are what the plugin takes them for. */
export type FlexUiIsAsExpected = [
  Is<Flex, typeof Newest>,
  Is<Flex, typeof Oldest>,
  Is<Manager, Newest.Manager>,
  Is<Manager, Oldest.Manager>,
];
