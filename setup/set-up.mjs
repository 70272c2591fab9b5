import { withLock } from "./lock.mjs";
import { browser } from "./steps/browser.mjs";
import { dependencies } from "./steps/dependencies.mjs";
import { flexUi } from "./steps/flex-ui.mjs";
import { flexStack } from "./steps/flex-stack.mjs";
import { node } from "./steps/node.mjs";
import { page } from "./steps/page.mjs";
import { pulumi } from "./steps/pulumi.mjs";
import { sdk } from "./steps/sdk.mjs";
import { seconds } from "./report.mjs";

/** @typedef {import("./project.mjs").Project} Project */
/** @typedef {import("./report.mjs").Report} Report */
/** @typedef {import("./steps/step.mjs").Step} Step */

// Flex UI, that the plugin is made for and tried with, and what it needs.
const PLUGIN_PACKAGES = { name: "npm packages of the plugin", folder: "plugin", megabytes: 350 };

/**
 * Makes everything there that the project runs with, and does nothing for what is there. Pulumi is made while npm
 * installs, as neither needs the other, unless Pulumi is downloaded.
 *
 * @param {Project} project
 * @param {Report} report
 * @param {object} [options]
 * @param {boolean} [options.forTests] also what only the tests need
 * @param {boolean} [options.forDesktop] also Flex UI 2, which agents' desktops and tests show
 * @param {boolean} [options.forPlugin] also what the plugin is built with, as desktops and tests need it too
 */
export async function setUp(
  project,
  report,
  { forTests = false, forDesktop = forTests, forPlugin = forDesktop } = {},
) {
  const startedAt = report.now();
  const stop = new AbortController();
  project.signal.addEventListener("abort", () => stop.abort(), { once: true });
  const steps = { ...project, signal: stop.signal };
  let made = 0;

  /** @param {Step} step */
  const take = async (step) => {
    if (step.isDone()) {
      return;
    }
    made += 1;
    await report.step(step.name, step.doing, (progress) =>
      withLock(step.lock, async () => (step.isDone() ? "another set-up made it" : step.run(progress)), {
        signal: stop.signal,
        onWait: (holder) => progress.update(`waiting for another set-up (${holder})`),
      }),
    );
  };
  const packages = take(dependencies(steps));
  const forNode = packages.then(() => take(node(steps))).then(() => take(sdk(steps)));
  const forShell = packages.then(() => take(flexStack(steps)));
  const forLooking = packages.then(() => take(page(steps)));
  const forPulumi = (async () => take(pulumi(steps, { packages })))();
  const forPages = forTests ? take(browser(steps)) : undefined;
  const plugin = forPlugin ? packages.then(() => take(dependencies(steps, PLUGIN_PACKAGES))) : undefined;
  const desktop =
    forDesktop && plugin !== undefined ? packages.then(() => take(flexUi(steps, { plugin }))) : undefined;
  const all = [forNode, forShell, forLooking, forPulumi, forPages, plugin, desktop];
  try {
    await Promise.all(all);
  } catch (error) {
    // What still runs is ended, so that nothing goes on behind the message.
    stop.abort();
    await Promise.allSettled(all);
    throw error;
  }
  report.say(`${made === 0 ? "all there" : "done"} (${seconds(report.now() - startedAt)})`);
}
