/** A path with parameters, as in `/v1/Workspaces/{Sid}` or `/2010-04-01/Accounts/{Sid}.json`. */
export interface PathTemplate {
  readonly path: string;
  /** Decoded parameters of a concrete path, or undefined when it does not fit. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a stray percent sign is no path of Twilio's
  }
};

/** Reads a template; every parameter takes one whole segment, bar a suffix such as `.json`. */
export function compileTemplate(path: string): PathTemplate {
  const names: string[] = [];
  const source = path.replace(/\{([^}]+)\}|[^{]+/g, (part, name: string | undefined) => {
    if (name === undefined) return escape(part);
    names.push(name);
    return "([^/]+)";
  });
  const expression = new RegExp(`^${source}$`);
  return {
    path,
    match(concrete) {
      const found = expression.exec(concrete);
      if (found === null) return undefined;
      const parameters: Record<string, string> = {};
      for (const [index, name] of names.entries()) {
        const value = decode(found[index + 1] ?? "");
        if (value === undefined) return undefined;
        parameters[name] = value;
      }
      return parameters;
    },
  };
}

/** Sorts templates so that the first that matches a path is the one meant: the earliest literal segment wins. */
export function moreSpecificFirst(a: PathTemplate, b: PathTemplate): number {
  const left = a.path.split("/");
  const right = b.path.split("/");
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = parametersIn(left[index]) - parametersIn(right[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

const parametersIn = (segment = ""): number => (segment.includes("{") ? 1 : 0);
