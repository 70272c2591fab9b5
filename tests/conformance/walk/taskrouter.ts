import type { Twilio } from "twilio";

type Workspace = ReturnType<Twilio["taskrouter"]["v1"]["workspaces"]>;

/** Creates, reads, lists by every filter, updates and deletes each TaskRouter resource, with every parameter. */
export async function walkTaskRouter(client: Twilio): Promise<void> {
  const { workspaces } = client.taskrouter.v1;
  const { sid } = await workspaces.create({
    friendlyName: "Walk",
    eventCallbackUrl: "https://example.com/events",
    eventsFilter: "task.created,task.canceled",
    multiTaskEnabled: true,
    template: "FIFO",
    prioritizeQueueOrder: "LIFO",
  });
  const workspace = workspaces(sid);
  await workspace.fetch();
  await workspaces.list({ friendlyName: "Walk", pageSize: 1 });

  const offline = await workspace.activities.create({ friendlyName: "Away", available: false });
  const onTask = await workspace.activities.create({ friendlyName: "On a task", available: true });
  await workspace.activities(onTask.sid).fetch();
  await workspace.activities(onTask.sid).update({ friendlyName: "Busy" });
  await workspace.activities.list({ friendlyName: "Busy", available: "true", pageSize: 1 });
  await workspace.update({
    friendlyName: "Walked",
    eventCallbackUrl: "",
    eventsFilter: "",
    multiTaskEnabled: true,
    prioritizeQueueOrder: "FIFO",
    defaultActivitySid: offline.sid,
    timeoutActivitySid: offline.sid,
  });

  const channel = await workspace.taskChannels.create({
    friendlyName: "Video call",
    uniqueName: "video_call",
    channelOptimizedRouting: true,
  });
  await workspace.taskChannels(channel.sid).fetch();
  await workspace.taskChannels("video_call").fetch();
  await workspace.taskChannels(channel.sid).update({ friendlyName: "Call", channelOptimizedRouting: false });
  await workspace.taskChannels.list({ pageSize: 1 });

  const queue = await workspace.taskQueues.create({
    friendlyName: "Billing",
    targetWorkers: 'skills HAS "billing"',
    maxReservedWorkers: 50,
    taskOrder: "LIFO",
    reservationActivitySid: onTask.sid,
    assignmentActivitySid: onTask.sid,
  });
  await workspace.taskQueues(queue.sid).fetch();
  await workspace.taskQueues(queue.sid).update({
    friendlyName: "Invoices",
    targetWorkers: "1==1",
    maxReservedWorkers: 1,
    taskOrder: "FIFO",
    reservationActivitySid: "",
    assignmentActivitySid: "",
  });

  const configuration = {
    task_routing: {
      filters: [
        {
          filter_friendly_name: "Invoices",
          expression: 'topic == "invoice"',
          targets: [
            { queue: queue.sid, priority: 10, timeout: 60, expression: "worker.level > task.level" },
            {},
          ],
        },
      ],
      default_filter: { queue: queue.sid },
    },
  };
  const workflow = await workspace.workflows.create({
    friendlyName: "Messages",
    configuration: JSON.stringify(configuration),
    assignmentCallbackUrl: "https://example.com/assignment",
    fallbackAssignmentCallbackUrl: "https://example.com/fallback",
    taskReservationTimeout: 86400,
  });
  await workspace.workflows(workflow.sid).fetch();
  await workspace.workflows(workflow.sid).update({
    friendlyName: "All messages",
    configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    assignmentCallbackUrl: "",
    fallbackAssignmentCallbackUrl: "",
    // Longer than the walk takes on a busy machine.
    taskReservationTimeout: 3600,
    reEvaluateTasks: "true",
  });
  await workspace.workflows.list({ friendlyName: "All messages", pageSize: 1 });

  const worker = await workspace.workers.create({
    friendlyName: "jane",
    activitySid: onTask.sid,
    attributes: '{"skills":["billing"],"contact_uri":"client:jane","level":3}',
  });
  await workspace.workers(worker.sid).fetch();
  await workspace.workers(worker.sid).update({ attributes: '{"skills":[]}', ifMatch: "*" });
  await workspace.workers(worker.sid).update({
    friendlyName: "jane.doe",
    activitySid: offline.sid,
    attributes: '{"skills":["invoice"]}',
    rejectPendingReservations: true,
  });
  await workspace.workers.list({
    friendlyName: "jane.doe",
    activitySid: offline.sid,
    activityName: "Away",
    available: "false",
    targetWorkersExpression: 'skills HAS "invoice"',
    ordering: "DateStatusChanged:desc",
    pageSize: 1,
  });
  await workspace.workers.list({ taskQueueSid: queue.sid });
  await workspace.workers.list({ taskQueueName: "Invoices" });
  await workspace.taskQueues.list({ friendlyName: "Invoices", pageSize: 1 });
  await workspace.taskQueues.list({ workerSid: worker.sid });
  await workspace.taskQueues.list({
    evaluateWorkerAttributes: '{"skills":["invoice"]}',
    ordering: "DateUpdated:asc",
  });
  const [capacity] = await workspace.workers(worker.sid).workerChannels.list({ pageSize: 1 });
  if (capacity === undefined)
    throw new Error("A worker has a channel for each task channel, and this one has none.");
  await workspace.workers(worker.sid).workerChannels(capacity.sid).update({ capacity: 3, available: false });
  await workspace.workers(worker.sid).workerChannels("video_call").fetch();

  await walkTasks(workspace, { workerSid: worker.sid, workflowSid: workflow.sid, queueSid: queue.sid });

  await workspace.workers(worker.sid).remove();
  await workspace.workflows(workflow.sid).remove();
  await workspace.taskQueues(queue.sid).remove();
  await workspace.taskChannels(channel.sid).remove();
  await workspace.activities(onTask.sid).remove();
  await workspace.remove();
}

/** Offers tasks to the worker, who rejects one, completes one and is asked again for one that is then deleted. */
async function walkTasks(
  workspace: Workspace,
  { workerSid, workflowSid, queueSid }: { workerSid: string; workflowSid: string; queueSid: string },
): Promise<void> {
  const [available] = await workspace.activities.list({ available: "true" });
  const [away] = await workspace.activities.list({ available: "false" });
  const worker = workspace.workers(workerSid);
  await worker.update({ activitySid: available?.sid });
  await worker.workerChannels("chat").update({ capacity: 3, available: true });

  const { sid } = await workspace.tasks.create({
    attributes: '{"topic":"invoice"}',
    workflowSid,
    timeout: 3600,
    priority: 1,
    taskChannel: "chat",
    virtualStartTime: new Date("2024-01-01T00:00:00Z"),
  });
  const task = workspace.tasks(sid);
  await task.fetch();
  await workspace.tasks.list({
    priority: 1,
    assignmentStatus: ["pending", "reserved"],
    workflowSid,
    workflowName: "All messages",
    taskQueueSid: queueSid,
    taskQueueName: "Invoices",
    evaluateTaskAttributes: 'topic == "invoice"',
    ordering: "Priority:desc,DateCreated:asc",
    hasAddons: false,
    pageSize: 1,
  });
  const [first] = await task.reservations.list({ reservationStatus: "pending", workerSid, pageSize: 1 });
  if (first === undefined) throw new Error("The only worker was not offered the task.");
  await task.reservations(first.sid).fetch();
  await task
    .reservations(first.sid)
    .update({ reservationStatus: "rejected", workerActivitySid: away?.sid, ifMatch: "*" });
  await task.update({
    attributes: '{"topic":"complaint"}',
    priority: 2,
    taskChannel: "chat",
    virtualStartTime: new Date("2024-01-02T00:00:00Z"),
    ifMatch: "*",
  });
  await worker.update({ activitySid: available?.sid });
  const [second] = await worker.reservations.list({ reservationStatus: "pending", pageSize: 1 });
  if (second === undefined) throw new Error("The only worker was not offered the task again.");
  await worker.reservations(second.sid).fetch();
  await worker.reservations(second.sid).update({ instruction: "accept", ifMatch: "*" });
  await task.update({ assignmentStatus: "completed", reason: "done" });

  const direct = await workspace.tasks.create({
    routingTarget: workerSid,
    ignoreCapacity: "true",
    taskQueueSid: queueSid,
  });
  await workspace.tasks.list({ routingTarget: workerSid });
  const [third] = await worker.reservations.list({ reservationStatus: "pending" });
  if (third === undefined)
    throw new Error("The worker was not offered the task that is for that worker alone.");
  await worker
    .reservations(third.sid)
    .update({ reservationStatus: "rejected", workerActivitySid: away?.sid });
  await worker.update({ activitySid: available?.sid });
  const [fourth] = await worker.reservations.list({ reservationStatus: "pending" });
  await workspace
    .tasks(direct.sid)
    .reservations(fourth?.sid ?? "")
    .update({ instruction: "accept" });
  await workspace.tasks(direct.sid).reservations(third.sid).fetch();
  await workspace.tasks(direct.sid).remove({ ifMatch: "*" });
  await walkEvents(workspace, { taskSid: sid, reservationSid: second.sid, workerSid, workflowSid, queueSid });
}

async function walkEvents(
  workspace: Workspace,
  about: {
    taskSid: string;
    reservationSid: string;
    workerSid: string;
    workflowSid: string;
    queueSid: string;
  },
): Promise<void> {
  const { taskSid, reservationSid, workerSid, workflowSid, queueSid: taskQueueSid } = about;
  const [accepted] = await workspace.events.list({
    eventType: "reservation.accepted",
    taskSid,
    reservationSid,
    workerSid,
    workflowSid,
    taskQueueSid,
    taskChannel: "chat",
    minutes: 5,
    pageSize: 1,
  });
  if (accepted === undefined) throw new Error("There is no event for the accepted reservation.");
  await workspace.events(accepted.sid).fetch();
  await workspace.events.list({
    sid: accepted.sid,
    startDate: new Date(Date.now() - 3_600_000),
    endDate: new Date(Date.now() + 3_600_000),
  });
}
