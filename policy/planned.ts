import type * as twilio from "@pulumi/twilio";

/** Resources that rules know, by Pulumi's type. */
export interface ResourceTypes {
  "twilio:api:IncomingPhoneNumber": twilio.api.IncomingPhoneNumber;
  "twilio:chat:ChannelWebhook": twilio.chat.ChannelWebhook;
  "twilio:chat:Role": twilio.chat.Role;
  "twilio:chat:Service": twilio.chat.Service;
  "twilio:conversations:Address": twilio.conversations.Address;
  "twilio:conversations:Configuration": twilio.conversations.Configuration;
  "twilio:conversations:ConfigurationWebhooks": twilio.conversations.ConfigurationWebhooks;
  "twilio:conversations:Role": twilio.conversations.Role;
  "twilio:conversations:Service": twilio.conversations.Service;
  "twilio:conversations:ServiceConfiguration": twilio.conversations.ServiceConfiguration;
  "twilio:conversations:ServiceWebhooks": twilio.conversations.ServiceWebhooks;
  "twilio:flex:Configuration": twilio.flex.Configuration;
  "twilio:flex:FlexFlow": twilio.flex.FlexFlow;
  "twilio:messaging:PhoneNumber": twilio.messaging.PhoneNumber;
  "twilio:messaging:Service": twilio.messaging.Service;
  "twilio:proxy:PhoneNumber": twilio.proxy.PhoneNumber;
  "twilio:proxy:Service": twilio.proxy.Service;
  "twilio:studio:Flow": twilio.studio.Flow;
  "twilio:taskrouter:TaskChannel": twilio.taskrouter.TaskChannel;
  "twilio:taskrouter:TaskQueue": twilio.taskrouter.TaskQueue;
  "twilio:taskrouter:Worker": twilio.taskrouter.Worker;
  "twilio:taskrouter:Workflow": twilio.taskrouter.Workflow;
  "twilio:taskrouter:Workspace": twilio.taskrouter.Workspace;
}
export type ResourceType = keyof ResourceTypes;

/** What a resource will be. A value that nobody knows before the update is `UNKNOWN`. */
export interface PlannedResource<Type extends ResourceType = ResourceType> {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  readonly properties: { readonly [Property in keyof ResourceTypes[Type]]?: unknown };
  /** URNs of the resources that a property's value comes from, by property; only rules of the scope "stack" know them. */
  readonly dependsOn: Readonly<Record<string, readonly string[]>>;
  /** Pulumi refuses to delete or replace it. */
  readonly protect: boolean;
  /** It is provisioned on a local Twilio, whose account holds nothing of worth. */
  readonly local: boolean;
}

/** The configuration of a stack. */
export interface StackConfig {
  /** By key, e.g. `twilio:accountSid`; maps are JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Keys of values that are encrypted in the file. */
  readonly secretKeys: readonly string[];
  /** The stack is provisioned on a local Twilio. */
  readonly local: boolean;
}

/** The resources a rule judges: those of the stack, or a single one. */
export class Plan {
  readonly all: readonly PlannedResource[];
  readonly config: StackConfig;

  constructor(resources: readonly PlannedResource[], config: StackConfig) {
    this.all = resources;
    this.config = config;
  }

  of<Type extends ResourceType>(type: Type): PlannedResource<Type>[] {
    return this.all.filter((resource): resource is PlannedResource<Type> => resource.type === type);
  }
}
