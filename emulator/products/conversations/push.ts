import { resource } from "../../kernel/resource.ts";
import { bindingResource } from "../chat/binding.ts";
import { credentialResource } from "../chat/credential.ts";
import { binding, credential } from "../chat/kinds.ts";
import { serviceView } from "./service.ts";

/** What lets push services be used: Chat's. */
export const credentialView = resource(credential, {
  prefix: "CR",
  path: "/v1/Credentials",
  listKey: "credentials",
  maxPageSize: 100,
  parameters: credentialResource.parameters,
  beforeWrite: credentialResource.beforeWrite,
});

/** The devices of a service's users: Chat's, without what is pushed of invitations, which conversations have not. */
export const pushBindingView = resource(binding, {
  prefix: "BS",
  path: "/v1/Services/{ChatServiceSid}/Bindings",
  parent: serviceView,
  listKey: "bindings",
  operations: ["fetch", "list", "delete"],
  maxPageSize: 100,
  filters: bindingResource.filters,
  hidden: ["user_sid"],
  render: ({ fields }) => ({
    message_types: fields.message_types
      .filter((type) => type !== "invited_to_channel")
      .map((type) => type.replace("_channel", "_conversation")),
  }),
});
