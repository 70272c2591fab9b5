import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Characters by which a commit is known. */
const shown = 10;

/** The commit that a folder is at, and whether its files are other than that; undefined outside of git. */
export async function commitOf(folder: string): Promise<string | undefined> {
  try {
    const git = (...words: string[]) => run("git", words, { cwd: folder });
    const { stdout: commit } = await git("rev-parse", "HEAD");
    const { stdout: changes } = await git("status", "--porcelain", "--", ".");
    return `${commit.trim().slice(0, shown)}${changes.trim() === "" ? "" : ", with changes beside it"}`;
  } catch {
    return undefined;
  }
}
