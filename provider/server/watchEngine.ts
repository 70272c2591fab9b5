import grpc from "@grpc/grpc-js";

/**
 * Calls back once the engine at an address is gone: its connection broke, and nothing listens there any more.
 *
 * @returns a function that ends the watch
 */
export function watchEngine(address: string, onGone: () => void): () => void {
  const client = new grpc.Client(address, grpc.credentials.createInsecure());
  const channel = client.getChannel();
  let over = false;
  let wasReady = false;
  const look = (): void => {
    if (over) return;
    // A connection that is idle, for whatever reason, is opened again: that tells whether anybody is there.
    const state = channel.getConnectivityState(true);
    wasReady ||= state === grpc.connectivityState.READY;
    if (wasReady && state === grpc.connectivityState.TRANSIENT_FAILURE) {
      stop();
      onGone();
      return;
    }
    channel.watchConnectivityState(state, Infinity, look);
  };
  const stop = (): void => {
    over = true;
    client.close();
  };
  look();
  return stop;
}
