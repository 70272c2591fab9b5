import { readFileSync } from "node:fs";

export interface Agent {
  /** Key of the agent in Pulumi, e.g. `ada-abara`. */
  key: string;
  name: string;
  team: string;
  skills: string[];
  languages: string[];
  /** 1 to 5. */
  level: number;
}

/** The agents of agents.txt. Throws with every line that can't be read. */
export function readAgents(file = new URL("agents.txt", import.meta.url)): Agent[] {
  return parseAgents(readFileSync(file, "utf8"));
}

export function parseAgents(table: string): Agent[] {
  const lines = table
    .split("\n")
    .map((line, index) => ({ cells: line.split("|").map((cell) => cell.trim()), number: index + 1 }))
    .filter(({ cells: [first = ""] }) => first !== "" && !first.startsWith("#"))
    .slice(1);
  const problems: string[] = [];
  const keys = new Set<string>();
  const agents = lines.map(
    ({ cells: [name = "", team = "", skills = "", languages = "", level = ""], number }) => {
      const key = name.toLowerCase().replace(/[^a-z]+/g, "-");
      if (!/^[1-5]$/.test(level)) problems.push(`line ${number}: the level is "${level}"; write 1 to 5`);
      if (skills === "") problems.push(`line ${number}: ${name} has no skills; write at least one`);
      if (keys.has(key)) problems.push(`line ${number}: ${name} is there twice; remove one`);
      keys.add(key);
      return {
        key,
        name,
        team,
        skills: skills.split(/\s+/),
        languages: languages.split(/\s+/),
        level: Number(level),
      };
    },
  );
  if (problems.length > 0) throw new Error(`agents.txt can't be read:\n${problems.join("\n")}`);
  return agents;
}

/** The attributes of an agent's worker, as Flex writes them. */
export function workerAttributes(agent: Agent): Record<string, unknown> {
  const email = `${agent.key.replaceAll("-", ".")}@example.com`;
  return {
    full_name: agent.name,
    email,
    contact_uri: contactUri(email),
    routing: { skills: agent.skills, levels: {} },
    languages: agent.languages,
    level: agent.level,
    team: agent.team,
  };
}

/** A client identity as Flex writes it: letters and digits as they are, the rest as `_` and its code. */
function contactUri(identity: string): string {
  const encoded = identity.replace(
    /[^A-Za-z0-9]/g,
    (character) => `_${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
  return `client:${encoded}`;
}
