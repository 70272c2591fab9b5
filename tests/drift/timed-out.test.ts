import { expect, test } from "@jest/globals";
import { useProject } from "../support/useProject.ts";

const project = useProject();

test("a worker whom a reservation timed out on is told as what TaskRouter did; who was set away by hand is not", async () => {
  expect((await project.flexStack("up")).code).toBe(0);
  const words = ["simulate", "sms", "--from", "+14155550170", "--body", "Hello", "--reply", "3"];
  const { code, stdout } = await project.flexStack(...words, "--json");
  expect(code).toBe(0);
  const { unanswered } = JSON.parse(stdout) as { unanswered: string[] };
  expect(unanswered).toHaveLength(1);
  const [away = ""] = unanswered;
  await fetch(`${project.emulator.url}/_emulator/clock`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ advance: 150 }),
  });
  const other = ["alice", "bob", "pat"].find((name) => name !== away) ?? "";
  await project.flexStack("agent", other, "--activity", "Unavailable");

  const drift = await project.flexStack("drift", "--json");
  expect(drift.code).toBe(7);
  const { drifts } = JSON.parse(drift.stdout) as { drifts: { title: string; cause?: string }[] };
  const causes = Object.fromEntries(drifts.map(({ title, cause = "" }) => [title, cause]));
  expect(causes[away]).toMatch(
    /^TaskRouter did this itself, when reservation WR\w{32} of task WT\w{32} timed out$/,
  );
  expect(causes[other]).toBe("");
});
