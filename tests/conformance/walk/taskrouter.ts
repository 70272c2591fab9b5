import type { Twilio } from "twilio";

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
    taskReservationTimeout: 1,
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

  await workspace.workers(worker.sid).remove();
  await workspace.workflows(workflow.sid).remove();
  await workspace.taskQueues(queue.sid).remove();
  await workspace.taskChannels(channel.sid).remove();
  await workspace.activities(onTask.sid).remove();
  await workspace.remove();
}
