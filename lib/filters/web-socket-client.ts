import { isRecord } from '../validation/is-record.js';

/** A socket of `ws`, whose `emit` is local to this process. */
interface PlainSocket {
  readyState: number;
  send(text: string): unknown;
}

/** A socket of Socket.IO. */
interface EventSocket {
  emit(event: string, data: unknown): unknown;
}

const OPEN = 1;

/** Emits an event as Nest's adapters do, for Socket.IO and `ws`. Does nothing if the socket is closed. */
export function emitTo(client: unknown, event: string, data: unknown): void {
  if (isPlainSocket(client)) {
    if (client.readyState === OPEN) client.send(JSON.stringify({ event, data }));
  } else if (isEventSocket(client)) {
    client.emit(event, data);
  }
}

function isPlainSocket(client: unknown): client is PlainSocket {
  return isRecord(client) && typeof client.readyState === 'number' && typeof client.send === 'function';
}

function isEventSocket(client: unknown): client is EventSocket {
  return isRecord(client) && typeof client.emit === 'function';
}
