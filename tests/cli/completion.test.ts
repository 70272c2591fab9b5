import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { flexStack } from "../support/commandLine.ts";

// The shells themselves complete: bash in every environment, the others where they are.

const folder = mkdtempSync(join(tmpdir(), "completion-"));
beforeAll(async () => {
  for (const shell of ["bash", "zsh", "fish"])
    writeFileSync(join(folder, `flex-stack.${shell}`), (await flexStack("completion", shell)).out);
  for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "");
  writeFileSync(join(folder, "dev.json"), "{}");
  const stub = join(folder, "flex-stack");
  writeFileSync(stub, "#!/bin/sh\n");
  chmodSync(stub, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

const there = (shell: string) => spawnSync("sh", ["-c", `command -v ${shell}`]).status === 0;

/** What bash offers for the last word of a line, by its own `complete`. */
function offered(line: string): Promise<string[]> {
  const words = line.split(" ");
  const script = `source flex-stack.bash
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}
$(complete -p flex-stack | sed 's/.*-F \\([^ ]*\\) .*/\\1/') flex-stack
printf '%s\\n' "\${COMPREPLY[@]}"`;
  return new Promise((resolve, reject) => {
    execFile("bash", ["--norc", "-c", script], { cwd: folder }, (error, stdout, stderr) =>
      error || stderr ? reject(new Error(stderr, { cause: error })) : resolve(stdout.trim().split("\n")),
    );
  });
}

describe("bash completes", () => {
  test.each<[string, string[]]>([
    ["flex-stack pre", ["preview"]],
    ["flex-stack --vers", ["--version"]],
    ["flex-stack up --ref", ["--refresh"]],
    ["flex-stack up --stack ", ["dev", "prod"]],
    ["flex-stack preview -s p", ["prod"]],
    ["flex-stack preview --format ", ["text", "markdown", "json", "html"]],
    ["flex-stack drift --fix r", ["revert"]],
    ["flex-stack migrate ", ["status", "check", "plan", "next", "back", "reconcile", "finish", "--help"]],
    ["flex-stack migrate next --cu", ["--cut"]],
    ["flex-stack migrate next --cut d", ["drain"]],
    ["flex-stack simulate sms --ag", ["--agent"]],
    ["flex-stack completion ", ["bash", "zsh", "fish", "--help"]],
    // Files are the shell's own business, and what follows -- is Pulumi's.
    ["flex-stack up --plan ", [""]],
    ["flex-stack up -- --ref", [""]],
    ["flex-stack nothing --st", [""]],
  ])("%j", async (line, words) => {
    expect(await offered(line)).toEqual(words);
  });

  test("in a shell that somebody types in", () => {
    const typed = "flex-stack prev\t--form\tma\t-s pr\t\n";
    const bash = `source flex-stack.bash; PS1='$ '; flex-stack() { echo "ran: $*"; }`;
    writeFileSync(join(folder, "rc"), bash);
    const shown = execFileSync(
      "script",
      ["--quiet", "--command", "bash --noprofile --rcfile rc -i", "/dev/null"],
      {
        cwd: folder,
        input: `${typed}exit\n`,
        env: { ...process.env, TERM: "dumb" },
        encoding: "utf8",
      },
    );
    expect(shown).toContain("ran: preview --format markdown -s prod");
  });
});

test("zsh and fish take their scripts, where they are", () => {
  for (const shell of ["zsh", "fish"].filter(there)) {
    const { stderr, status } = spawnSync(shell, ["-n", join(folder, `flex-stack.${shell}`)], {
      encoding: "utf8",
    });
    expect({ shell, stderr, status }).toEqual({ shell, stderr: "", status: 0 });
  }
});

test.each([
  ["zsh", "'preview:show what up would change, and what that means'"],
  ["zsh", '"preview:-s"|"preview:--stack") compadd -- $stacks; return ;;'],
  ["fish", "complete -c flex-stack -n '__fish_seen_subcommand_from drift' -l fix -x -a 'revert adopt' -d"],
  ["fish", "-f -a 'preview' -d 'show what up would change, and what that means'"],
])("%s knows %s", async (shell, line) => {
  expect((await flexStack("completion", shell)).out).toContain(line);
});

test("another shell is refused", async () => {
  expect((await flexStack("completion", "tcsh")).code).toBe(2);
});
