import { describe, expect, test } from "@jest/globals";
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { driftOf } from "./drift.ts";
import { state, step } from "./engine-events.fixture.ts";

const queue = "twilio:taskrouter:TaskQueue";
const sales = (friendlyName: string) =>
  state(queue, "sales", { id: "WS1/WQ1", inputs: { friendlyName }, outputs: { friendlyName } });
const details = { friendlyName: { diffKind: "update", inputDiff: false } } as NonNullable<
  StepEventMetadata["detailedDiff"]
>;

describe("a refreshed resource", () => {
  test("is as it was left", () => {
    expect(
      driftOf(
        step("refresh", queue, "sales", { old: sales("Sales"), new: sales("Sales"), detailedDiff: {} }),
      ),
    ).toBeUndefined();
  });

  test("was changed", () => {
    const found = driftOf(
      step("refresh", queue, "sales", { old: sales("Sales"), new: sales("Sals"), detailedDiff: details }),
    );
    expect(found).toMatchObject({
      name: "sales",
      id: "WS1/WQ1",
      gone: false,
      properties: [{ path: "friendlyName", kind: "update", before: "Sales", after: "Sals", replaces: false }],
    });
  });

  test("was changed before the last update, whose answer told it", () => {
    const before = state(queue, "sales", {
      inputs: { friendlyName: "Sales" },
      outputs: { friendlyName: "Sals" },
    });
    const found = driftOf(
      step("refresh", queue, "sales", { old: before, new: sales("Sals"), detailedDiff: details }),
    );
    expect(found?.properties).toMatchObject([{ path: "friendlyName", before: "Sales", after: "Sals" }]);
  });

  test("was edited in Studio, which moved widgets too", () => {
    const flow = (body: string, x: number) =>
      state("twilio:studio:Flow", "flow", {
        inputs: { definition: { states: [{ name: "Hi", properties: { body, offset: { x, y: 0 } } }] } },
      });
    const found = driftOf(
      step("refresh", "twilio:studio:Flow", "flow", {
        old: flow("Hello", 0),
        new: flow("Bye", 5),
        diffs: ["definition"],
      }),
    );
    expect(found?.properties.map(({ path }) => path)).toEqual(['definition.states["Hi"].properties.body']);
  });

  test.each([
    ["skill == 'sales'", ' skill  ==  "sales"', "60", 60],
    ['skill == "sales"', "skill=='sales' ", 60, "60"],
  ])("was written in other words that mean the same: %s", (before, after, timeout, same) => {
    const workflow = (expression: string, seconds: unknown, extra = {}) =>
      state("twilio:taskrouter:Workflow", "inbound", {
        inputs: {
          configuration: {
            task_routing: {
              filters: [
                {
                  filter_friendly_name: "Sales",
                  expression,
                  targets: [{ queue: "WQ1", expression, timeout: seconds, ...extra }],
                },
              ],
            },
          },
        },
      });
    const refreshed = (old: ReturnType<typeof workflow>, now: ReturnType<typeof workflow>) =>
      driftOf(
        step("refresh", "twilio:taskrouter:Workflow", "inbound", {
          old,
          new: now,
          diffs: ["configuration"],
        }),
      );
    expect(refreshed(workflow(before, timeout), workflow(after, same))).toBeUndefined();
    const served = (targetWorkers: string) => state(queue, "sales", { inputs: { targetWorkers } });
    expect(
      driftOf(
        step("refresh", queue, "sales", {
          old: served(before),
          new: served(after),
          diffs: ["targetWorkers"],
        }),
      ),
    ).toBeUndefined();
    const other = refreshed(workflow(before, timeout), workflow(after, same, { skip_if: "1==1" }));
    expect(other?.properties.map(({ path }) => path)).toEqual([
      'configuration.task_routing.filters["Sales"].targets[0].skip_if',
    ]);
  });

  test("was changed where others keep something, too: what they keep is no part of it", () => {
    const type = "twilio:flex:Configuration";
    const left = { flexMessaging: { autoAccept: { taskChannels: ["sms"] } } };
    const found = { flexMessaging: { autoAccept: { taskChannels: ["chat"] } } };
    const others = { other: 1, flexMessaging: { theirs: true, autoAccept: { theirs: true } } };
    const configured = (attributes: typeof left) =>
      state(type, "configuration", {
        inputs: { attributes },
        outputs: {
          uiVersion: "1.34.6",
          attributes: {
            ...others,
            flexMessaging: {
              ...others.flexMessaging,
              autoAccept: { ...others.flexMessaging.autoAccept, ...attributes.flexMessaging.autoAccept },
            },
          },
        },
      });
    const drift = driftOf(
      step("refresh", type, "configuration", {
        old: configured(left),
        new: configured(found),
        diffs: ["attributes"],
      }),
    );
    expect([drift?.before, drift?.after]).toEqual([
      { uiVersion: "1.34.6", attributes: left },
      { uiVersion: "1.34.6", attributes: found },
    ]);
  });

  test("was deleted", () => {
    const found = driftOf(step("refresh", queue, "sales", { old: sales("Sales"), new: undefined }));
    expect(found).toMatchObject({ name: "sales", id: "WS1/WQ1", gone: true, properties: [] });
  });
});
