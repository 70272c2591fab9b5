import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { findBrowser } from "../find-browser.mjs";
import { listen, TempProject } from "../temp-project.ts";
import { browser } from "./browser.mjs";

let temp: TempProject;
beforeEach(() => {
  temp = new TempProject();
});
afterEach(() => temp.remove());

/** An apt-get that notes how it was called and then does this, in shell, to install. */
function apt(install: string): void {
  temp.executable(
    "path/apt-get",
    `#!/bin/sh\necho "$DEBIAN_FRONTEND $@" >> "${join(temp.root, "apt.log")}"\n[ "$1" = update ] && exit 100\n${install}\n`,
  );
}

test.each(["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"])(
  "%s is found",
  (name) => {
    const file = temp.executable(`path/${name}`, "#!/bin/sh\n");
    expect(findBrowser(temp.env)).toBe(file);
    expect(browser(temp.project).isDone()).toBe(true);
  },
);

test("CHROME_PATH comes before what is on PATH", () => {
  temp.executable("path/chromium", "#!/bin/sh\n");
  const file = temp.executable("elsewhere/chrome", "#!/bin/sh\n");
  expect(findBrowser({ ...temp.env, CHROME_PATH: file })).toBe(file);
  expect(findBrowser({ ...temp.env, CHROME_PATH: join(temp.root, "nothing") })).toBeUndefined();
});

test("where there is none, Debian's is installed, though one of its lists can't be read", async () => {
  const file = join(temp.bin, "chromium");
  apt(`echo "#!/bin/sh" > "${file}"; /bin/chmod +x "${file}"`);
  const step = browser(temp.project, { mayInstall: true });
  expect(step.isDone()).toBe(false);
  expect(await step.run(listen())).toBe("Debian's chromium is there");
  expect(step.isDone()).toBe(true);
  expect(temp.read("apt.log")).toBe(
    "noninteractive update -q\nnoninteractive install -q -y --no-install-recommends chromium\n",
  );
});

test.each([
  ["it has no rights to install", false, "exit 0", {}, /rights of root/, /install Chromium|set CHROME_PATH/i],
  ["Debian has no such package", true, "echo E: no package; exit 100", {}, /^E: no package$/, /by hand/],
  ["the package brings no browser", true, "exit 0", {}, /^apt-get ended with 0\.$/, /by hand/],
  ["CHROME_PATH is wrong", true, "exit 0", { CHROME_PATH: "/nowhere" }, /names no program/, /unset it/],
])("it fails when %s", async (_, mayInstall, install, env, why, fix) => {
  apt(install);
  const project = { ...temp.project, env: { ...temp.env, ...env } };
  await expect(browser(project, { mayInstall }).run(listen())).rejects.toMatchObject({
    what: "There is no browser for the tests.",
    why: expect.stringMatching(why),
    fix: expect.stringMatching(fix),
  });
});
