import type { Twilio } from "twilio";

/** Creates, reads, lists, updates and deletes Flex Flows, and reads and changes the Flex Configuration. */
export async function walkFlex(client: Twilio): Promise<void> {
  const { flexFlow: flows, configuration } = client.flexApi.v1;
  const chat = await client.chat.v2.services.create({ friendlyName: "Flexible" });
  const flow = await flows.create({
    friendlyName: "Walk",
    chatServiceSid: chat.sid,
    channelType: "sms",
    contactIdentity: "+15017122661",
    enabled: true,
    integrationType: "studio",
    "integration.flowSid": `FW${"0".repeat(31)}1`,
    "integration.retryCount": 3,
    longLived: true,
    janitorEnabled: true,
  });
  await flows(flow.sid).fetch();
  await flows(flow.sid).update({
    friendlyName: "Walked",
    chatServiceSid: chat.sid,
    channelType: "web",
    contactIdentity: "walker",
    enabled: false,
    integrationType: "external",
    "integration.url": "https://example.com/handler",
    "integration.retryCount": 0,
    longLived: false,
    janitorEnabled: false,
  });
  await flows(flow.sid).update({
    integrationType: "task",
    "integration.workspaceSid": `WS${"0".repeat(31)}1`,
    "integration.workflowSid": `WW${"0".repeat(31)}1`,
    "integration.channel": "sms",
    "integration.timeout": 60,
    "integration.priority": 5,
    "integration.creationOnMessage": true,
  });
  await flows(flow.sid).update({ integrationType: "studio", "integration.flowSid": `FW${"0".repeat(31)}2` });
  const external = await flows.create({
    friendlyName: "External",
    chatServiceSid: chat.sid,
    channelType: "custom",
    contactIdentity: "external",
    integrationType: "external",
    "integration.url": "https://example.com/handler",
  });
  const task = await flows.create({
    friendlyName: "Task",
    chatServiceSid: chat.sid,
    channelType: "web",
    contactIdentity: "task",
    integrationType: "task",
    "integration.workspaceSid": `WS${"0".repeat(31)}1`,
    "integration.workflowSid": `WW${"0".repeat(31)}1`,
    "integration.channel": "chat",
    "integration.timeout": 3600,
    "integration.priority": 1,
    "integration.creationOnMessage": false,
  });
  await flows.list({ friendlyName: "Walked", pageSize: 1 });
  await walkChannels(client, external.sid);
  for (const { sid } of [flow, external, task]) await flows(sid).remove();
  await client.chat.v2.services(chat.sid).remove();

  const before = await configuration().fetch();
  await configuration().fetch({ uiVersion: "1.x" });
  // The SDK sends what it is given as the JSON body, whatever its types say.
  const update = (patch: object): Promise<unknown> => configuration().update(patch);
  await update({
    account_sid: before.accountSid,
    ui_attributes: { colorTheme: { baseName: "GreyDark" } },
    attributes: { note: "walked" },
    taskrouter_skills: [{ name: "billing", multivalue: false, minimum: 0, maximum: 5 }],
  });
  await update({
    account_sid: before.accountSid,
    ui_attributes: before.uiAttributes as unknown,
    attributes: before.attributes as unknown,
    taskrouter_skills: before.taskrouterSkills,
  });
  await client.flexApi.v1.provisioningStatus().fetch();
  await walkPlugins(client);
}

async function walkChannels(client: Twilio, flexFlowSid: string): Promise<void> {
  const { channel, webChannel } = client.flexApi.v1;
  const made = await channel.create({
    flexFlowSid,
    identity: "walker",
    chatUserFriendlyName: "Walker",
    chatFriendlyName: "With Walker",
    target: "+15017122661",
    chatUniqueName: "walker",
    preEngagementData: '{"page":"cart"}',
    taskSid: `WT${"0".repeat(31)}1`,
    taskAttributes: '{"name":"Walker"}',
    longLived: true,
  });
  await channel(made.sid).fetch();
  await channel.list({ pageSize: 1 });
  await channel(made.sid).remove();
  const web = await webChannel.create({
    flexFlowSid,
    identity: "visitor",
    customerFriendlyName: "Visitor",
    chatFriendlyName: "With a visitor",
    chatUniqueName: "visitor",
    preEngagementData: '{"page":"cart"}',
  });
  await webChannel(web.sid).fetch();
  await webChannel(web.sid).update({ chatStatus: "inactive", postEngagementData: '{"rating":5}' });
  await webChannel.list({ pageSize: 1 });
  await webChannel(web.sid).remove();
}

async function walkPlugins(client: Twilio): Promise<void> {
  const { plugins, pluginArchive, pluginVersionArchive } = client.flexApi.v1;
  const { pluginConfigurations, pluginConfigurationArchive, pluginReleases } = client.flexApi.v1;
  const flexMetadata = "walk";
  const plugin = await plugins.create({
    uniqueName: "plugin-walk",
    friendlyName: "Walk",
    description: "Walks",
    flexMetadata,
  });
  await plugins(plugin.sid).fetch({ flexMetadata });
  await plugins("plugin-walk").fetch();
  await plugins(plugin.sid).update({ friendlyName: "Walked", description: "Walked", flexMetadata });
  await plugins.list({ pageSize: 1, flexMetadata });
  const { pluginVersions } = plugins(plugin.sid);
  const version = await pluginVersions.create({
    versionParam: "1.0.0",
    pluginUrl: "https://example.com/plugin.js",
    changelog: "The first",
    private: true,
    cliVersion: "7.1.0",
    validateStatus: "success",
  });
  await pluginVersions(version.sid).fetch();
  await pluginVersions("1.0.0").fetch();
  await pluginVersions.list({ pageSize: 1 });

  const configuration = await pluginConfigurations.create({
    name: "Walk",
    plugins: [JSON.stringify({ plugin_version: version.sid, phase: 3 })],
    description: "All of them",
  });
  await pluginConfigurations(configuration.sid).fetch();
  await pluginConfigurations.list({ pageSize: 1 });
  await pluginConfigurations(configuration.sid).plugins(plugin.sid).fetch();
  await pluginConfigurations(configuration.sid).plugins.list({ pageSize: 1 });
  const release = await pluginReleases.create({ configurationId: configuration.sid });
  await pluginReleases(release.sid).fetch();
  await pluginReleases("active").fetch();
  await pluginReleases.list({ pageSize: 1 });

  const empty = await pluginConfigurations.create({ name: "Nothing" });
  await pluginReleases.create({ configurationId: empty.sid });
  await pluginConfigurationArchive(configuration.sid).update();
  await pluginVersionArchive(plugin.sid, version.sid).update();
  await pluginArchive(plugin.sid).update();
}
