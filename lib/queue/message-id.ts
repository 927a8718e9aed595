const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Returns whether a value can be a message's ID. On Redis other strings may be names of BullMQ's keys, such as `meta`.
 */
export function isMessageId(id: unknown): id is string {
  return typeof id === 'string' && UUID.test(id);
}
