const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a value can be a message's id. On Redis other texts are the names of BullMQ's own keys, as `meta`. */
export function isMessageId(id: unknown): id is string {
  return typeof id === 'string' && UUID.test(id);
}
