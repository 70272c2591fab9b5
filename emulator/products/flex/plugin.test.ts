import { expect, test } from "@jest/globals";
import { useLocalTwilio } from "../../../tests/support/useLocalTwilio.ts";

const local = useLocalTwilio({ seed: "empty" });
const flex = () => local.client.flexApi.v1;
const base = "https://flex-api.twilio.com/v1/PluginService";
const pluginUrl = "https://example.com/plugin.js";

/** A plug-in with a version and a configuration of it, as the plug-ins CLI deploys them. */
async function deploy(uniqueName: string) {
  const plugin = await flex().plugins.create({ uniqueName });
  const version = await flex()
    .plugins(plugin.sid)
    .pluginVersions.create({ versionParam: "1.0.0", pluginUrl });
  const plugins = [JSON.stringify({ plugin_version: version.sid, phase: 3 })];
  const configuration = await flex().pluginConfigurations.create({ name: uniqueName, plugins });
  return { plugin, version, configuration };
}

test("a plug-in is known by its name, which is taken", async () => {
  const { sid } = await flex().plugins.create({ uniqueName: "plugin-names", description: "Names" });
  expect(await flex().plugins("plugin-names").fetch()).toMatchObject({
    sid,
    friendlyName: "plugin-names",
    description: "Names",
    archived: false,
  });
  await expect(flex().plugins.create({ uniqueName: "plugin-names" })).rejects.toMatchObject({ status: 409 });
  const versions = flex().plugins("plugin-names").pluginVersions;
  await versions.create({ versionParam: "1.0.0", pluginUrl });
  await versions.create({ versionParam: "1.1.0", pluginUrl, changelog: "More", private: true });
  await expect(versions.create({ versionParam: "1.1.0", pluginUrl })).rejects.toMatchObject({ status: 409 });
  expect((await versions.list()).map(({ version }) => version)).toEqual(["1.1.0", "1.0.0"]);
  expect(await versions("1.1.0").fetch()).toMatchObject({
    pluginSid: sid,
    pluginUrl,
    changelog: "More",
    _private: true,
    archived: false,
    validated: false,
  });
});

test("a configuration tells of its plug-ins what they and their versions are", async () => {
  const { plugin, version, configuration } = await deploy("plugin-configured");
  await flex().plugins(plugin.sid).update({ friendlyName: "Renamed" });
  const configured = flex().pluginConfigurations(configuration.sid).plugins;
  expect(await configured(plugin.sid).fetch()).toMatchObject({
    configurationSid: configuration.sid,
    pluginSid: plugin.sid,
    pluginVersionSid: version.sid,
    uniqueName: "plugin-configured",
    friendlyName: "Renamed",
    version: "1.0.0",
    pluginUrl,
    phase: 3,
    _private: false,
    pluginArchived: false,
    pluginVersionArchived: false,
  });
  expect(await configured.list()).toHaveLength(1);
});

test("the newest release is the active one", async () => {
  const { configuration: first } = await deploy("plugin-first");
  const { configuration: second } = await deploy("plugin-second");
  await flex().pluginReleases.create({ configurationId: first.sid });
  const { sid } = await flex().pluginReleases.create({ configurationId: second.sid });
  for (const reference of ["active", "Active", sid])
    expect(await flex().pluginReleases(reference).fetch()).toMatchObject({
      sid,
      configurationSid: second.sid,
    });
  const [newest, before] = await flex().pluginReleases.list();
  expect([newest?.configurationSid, before?.configurationSid]).toEqual([second.sid, first.sid]);
});

test("what the active release enables is not archived; what is archived is enabled no more", async () => {
  const { plugin, version, configuration } = await deploy("plugin-archived");
  const archives = [
    () => flex().pluginVersionArchive(plugin.sid, version.sid).update(),
    () => flex().pluginArchive(plugin.sid).update(),
    () => flex().pluginConfigurationArchive(configuration.sid).update(),
  ];
  await flex().pluginReleases.create({ configurationId: configuration.sid });
  for (const archive of archives)
    await expect(archive()).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("the active release enables it") as unknown,
    });
  const empty = await flex().pluginConfigurations.create({ name: "Nothing" });
  await flex().pluginReleases.create({ configurationId: empty.sid });
  const [archiveVersion, archivePlugin, archiveConfiguration] = archives;
  expect(await archiveVersion?.()).toMatchObject({ sid: version.sid, archived: true });
  await expect(archiveVersion?.()).rejects.toMatchObject({ status: 400 });
  await expect(flex().pluginReleases.create({ configurationId: configuration.sid })).rejects.toMatchObject({
    message: `Plugin configuration ${configuration.sid} has ${version.sid}, which is archived`,
  });
  const plugins = [JSON.stringify({ plugin_version: version.sid })];
  await expect(flex().pluginConfigurations.create({ name: "Again", plugins })).rejects.toMatchObject({
    message: `Plugin version ${version.sid} is archived`,
  });
  expect(await archivePlugin?.()).toMatchObject({ sid: plugin.sid, archived: true });
  await expect(
    flex().plugins(plugin.sid).pluginVersions.create({ versionParam: "2.0.0", pluginUrl }),
  ).rejects.toMatchObject({ message: `Plugin ${plugin.sid} is archived: it gets no more versions` });
  expect(await archiveConfiguration?.()).toMatchObject({ sid: configuration.sid, archived: true });
  await expect(flex().pluginReleases.create({ configurationId: configuration.sid })).rejects.toMatchObject({
    message: `Plugin configuration ${configuration.sid} is archived`,
  });
});

test.each([
  ["no JSON", "{"],
  ["no object", "[]"],
  ["no version", "{}"],
  ["a plug-in instead of a version", `{"plugin_version":"FP${"0".repeat(32)}"}`],
  ["an unknown version", `{"plugin_version":"FV${"0".repeat(32)}"}`],
  ["a phase that is no number", `{"plugin_version":"FV${"0".repeat(32)}","phase":"3"}`],
])("a configuration with %s is refused", async (_what, plugins) => {
  const form = { Name: "Bad", Plugins: plugins };
  expect(await local.send("POST", `${base}/Configurations`, { form })).toMatchObject({
    status: 400,
    body: { code: 20001 },
  });
});

test("a configuration has a plug-in once", async () => {
  const { plugin, version } = await deploy("plugin-twice");
  const next = await flex().plugins(plugin.sid).pluginVersions.create({ versionParam: "2.0.0", pluginUrl });
  const plugins = [version, next].map(({ sid }) => JSON.stringify({ plugin_version: sid }));
  await expect(flex().pluginConfigurations.create({ name: "Twice", plugins })).rejects.toMatchObject({
    status: 400,
  });
  await expect(flex().pluginReleases.create({ configurationId: "1.0.0" })).rejects.toMatchObject({
    message: "Plugin configuration 1.0.0 does not exist",
  });
});
