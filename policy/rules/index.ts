import { registry } from "../rule.ts";
import { configCredentials } from "./account/config-credentials.ts";
import { noCredentials } from "./account/no-credentials.ts";
import { protectedResources } from "./account/protected.ts";
import { references } from "./account/references.ts";
import { webhooksHttps } from "./account/webhooks-https.ts";
import { webhooksPublic } from "./account/webhooks-public.ts";
import { agentRoleExists } from "./chat/agent-role-exists.ts";
import { agentRolePermissions } from "./chat/agent-role-permissions.ts";
import { agentRoleType } from "./chat/agent-role-type.ts";
import { agentRoleUnique } from "./chat/agent-role-unique.ts";
import { defaultRoles } from "./chat/default-roles.ts";
import { chatHandlersExclusive } from "./messaging/chat-handlers-exclusive.ts";
import { addressFlow } from "./conversations/address-flow.ts";
import { addressInFlex } from "./conversations/address-in-flex.ts";
import { addressService } from "./conversations/address-service.ts";
import { closedTimer } from "./conversations/closed-timer.ts";
import { noOpeningHook } from "./conversations/no-opening-hook.ts";
import { conversationsAlone } from "./messaging/conversations-alone.ts";
import { conversationsKeptAlone } from "./messaging/conversations-kept-alone.ts";
import { customExcludesFlex } from "./messaging/custom-excludes-flex.ts";
import { flexNumberComplete } from "./messaging/flex-number-complete.ts";
import { numberOneHandler } from "./messaging/number-one-handler.ts";
import { pluginChannelsShown } from "./studio/plugin-channels-shown.ts";
import { taskChannelsExist } from "./studio/task-channels-exist.ts";
import { contactUri } from "./taskrouter/contact-uri.ts";
import { queueExpression } from "./taskrouter/queue-expression.ts";
import { messagesKept } from "./taskrouter/messages-kept.ts";
import { targetedAlone } from "./taskrouter/targeted-alone.ts";
import { targetedAttribute } from "./taskrouter/targeted-attribute.ts";
import { targetedExpressionRule } from "./taskrouter/targeted-expression.ts";
import { targetedWayOut } from "./taskrouter/targeted-way-out.ts";
import { workflowDefault } from "./taskrouter/workflow-default.ts";
import { workflowEffective } from "./taskrouter/workflow-effective.ts";
import { workflowIdle } from "./taskrouter/workflow-idle.ts";
import { workflowValid } from "./taskrouter/workflow-valid.ts";

/** Every rule of the pack, in the order of the documentation. */
export const rules = registry([
  agentRolePermissions,
  agentRoleType,
  agentRoleExists,
  agentRoleUnique,
  defaultRoles,
  flexNumberComplete,
  customExcludesFlex,
  conversationsAlone,
  conversationsKeptAlone,
  numberOneHandler,
  chatHandlersExclusive,
  addressInFlex,
  addressService,
  addressFlow,
  closedTimer,
  noOpeningHook,
  workflowValid,
  workflowEffective,
  workflowIdle,
  workflowDefault,
  queueExpression,
  targetedExpressionRule,
  targetedAttribute,
  targetedWayOut,
  targetedAlone,
  messagesKept,
  contactUri,
  taskChannelsExist,
  pluginChannelsShown,
  references,
  webhooksHttps,
  webhooksPublic,
  noCredentials,
  configCredentials,
  protectedResources,
]);
