import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { shortName } from "../pulumi/stack-name.ts";

/** Where a stack's state lies when its backend is a folder of this machine. */
export interface FileState {
  /** The backend's folder; Pulumi keeps everything in `.pulumi` there. */
  root: string;
  /** The state itself. */
  file: string;
  /** Holds one file for each process that works on the stack. */
  locks: string;
  /** Copies of the state, one for each run. */
  backups: string;
}

export interface StackPlace {
  backend: string;
  projectFolder: string;
  project: string;
  /** Its name, perhaps with organization and project before it. */
  stack: string;
}

/** Finds the files of a stack; undefined where the backend is no folder. */
export function fileState({ backend, projectFolder, project, stack }: StackPlace): FileState | undefined {
  if (!backend.startsWith("file:")) return undefined;
  const [path = ""] = backend.slice("file://".length).split("?");
  const root = resolve(projectFolder, path.replace(/^~(?=\/|$)/, homedir()));
  const own = join(root, ".pulumi");
  const name = shortName(stack);
  const inProject = hasProjects(own);
  const place = inProject ? join(project, name) : name;
  const plain = join(own, "stacks", `${place}.json`);
  return {
    root,
    file: newest([plain, `${plain}.gz`, `${plain}.zst`]) ?? plain,
    locks: join(own, "locks", ...(inProject ? ["organization"] : []), place),
    backups: join(own, "backups", place),
  };
}

/** Of a state that is there packed and plain, Pulumi takes the one written last. */
function newest(files: readonly string[]): string | undefined {
  const found = files.flatMap((file) => {
    const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    return time === undefined ? [] : { file, time };
  });
  return found.sort((a, b) => b.time - a.time)[0]?.file;
}

/** States that old versions of Pulumi began do not tell projects apart. */
function hasProjects(own: string): boolean {
  if (!existsSync(join(own, "stacks"))) return true;
  try {
    return /^version: *[1-9]/m.test(readFileSync(join(own, "meta.yaml"), "utf8"));
  } catch {
    return existsSync(join(own, "meta.yaml"));
  }
}
