import type resourcePb from "@pulumi/pulumi/proto/resource_pb.js";

type Request = resourcePb.RegisterResourceRequest;

/** Whether a resource is asked for with something that Pulumi records and that no plan of Pulumi (`--save-plan`) has. */
export function isBeyondPlan(request: Request): boolean {
  return (
    request.getRetainondelete() ||
    request.getRemote() ||
    request.getDeletedwith() !== "" ||
    request.getReplaceWithList().length > 0 ||
    request.hasReplacementTrigger() ||
    request.hasHooks() ||
    request.getHidediffsList().length > 0 ||
    request.getEnvvarmappingsMap().getLength() > 0
  );
}

/** The client by which a program asks for resources. */
interface Client {
  registerResource(request: Request, ...rest: unknown[]): unknown;
}

/**
 * Hears what a program asks for.
 *
 * @param client The prototype of the clients of the SDK that the program uses.
 */
export function watchRequests(client: Client, onRequest: (request: Request) => void): void {
  const { registerResource } = client;
  const watched = function (this: unknown, request: Request, ...rest: unknown[]): unknown {
    onRequest(request);
    return registerResource.call(this, request, ...rest);
  };
  client.registerResource = Object.assign(watched, registerResource);
}
