/** After this many milliseconds without a response, the connection is replaced. */
export const SILENT_MS = 5_000;
/** How long BullMQ's blocking commands wait, in milliseconds. */
export const BLOCKED_MS = 5_000;
/** `SILENT_MS` for connections with blocking commands. */
export const BLOCKED_SILENT_MS = BLOCKED_MS + 3_000;

const INTERVAL_MS = 5_000;

/**
 * Sends a request periodically, because an idle connection would never detect a silent server. Returns the interval.
 *
 * @param client Used only while it is connected.
 * @param ask Sends the request. The client rejects it if the server is silent.
 * @param giveUp Closes the connection if the client itself does not detect it.
 */
export function startHeartbeat(
  client: { readonly status: string },
  ask: () => Promise<unknown>,
  giveUp: () => void = () => undefined,
): NodeJS.Timeout {
  return setInterval(async () => {
    if (client.status !== 'ready') return;
    const silent = setTimeout(giveUp, SILENT_MS - 100);
    await ask().catch(() => undefined);
    clearTimeout(silent);
  }, INTERVAL_MS);
}
