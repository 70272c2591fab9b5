import { expect, test } from "@jest/globals";
import { parseAgents, readAgents, workerAttributes } from "./agents.ts";
import { routing } from "./routing.ts";

const header = "name | team | skills | languages | level\n";

test("there are 40 agents, 12 queues and 6 workflows, and every skill of a queue has an agent", () => {
  const agents = readAgents();
  expect([agents.length, Object.keys(routing.queues).length, Object.keys(routing.workflows).length]).toEqual([
    40, 12, 6,
  ]);
  const skills = new Set(agents.flatMap((agent) => agent.skills));
  const needed = Object.values(routing.queues).flatMap(({ skill }) => skill ?? []);
  expect(needed.filter((skill) => !skills.has(skill))).toEqual([]);
});

test("an agent becomes a worker with the contact_uri of Flex", () => {
  const [agent] = parseAgents(`# A comment\n${header}Wim de Boer | vip | vip support | en de | 5\n`);
  expect(agent && workerAttributes(agent)).toEqual({
    full_name: "Wim de Boer",
    email: "wim.de.boer@example.com",
    contact_uri: "client:wim_2Ede_2Eboer_40example_2Ecom",
    routing: { skills: ["vip", "support"], levels: {} },
    languages: ["en", "de"],
    level: 5,
    team: "vip",
  });
});

test("everything wrong in the table is said at once", () => {
  expect(() => parseAgents(`${header}Ada | a | b | en | 6\nAda | a | | en | 1`)).toThrow(
    "agents.txt can't be read:\n" +
      'line 2: the level is "6"; write 1 to 5\n' +
      "line 3: Ada has no skills; write at least one\n" +
      "line 3: Ada is there twice; remove one",
  );
});
