const MAX_NAME_LENGTH = 63;

/** The quoted names of the stores' tables. */
export type StoreTables = ReturnType<typeof storeTables>;

/** @throws TypeError if the schema's name is invalid */
export function storeTables(schema: string) {
  const length = Buffer.byteLength(schema);
  if (length === 0 || length > MAX_NAME_LENGTH) throw new TypeError('schema must have 1 to 63 bytes');
  const quotedSchema = `"${schema.replaceAll('"', '""')}"`;
  const tables = {
    idempotency: `${quotedSchema}.messaging_idempotency`,
    pacing: `${quotedSchema}.messaging_pacing`,
    sentMessages: `${quotedSchema}.messaging_sent`,
    repeats: `${quotedSchema}.messaging_repeats`,
    replies: `${quotedSchema}.messaging_replies`,
    people: `${quotedSchema}.messaging_people`,
  };
  return {
    ...tables,
    /** The tables whose rows expire. Each has the columns `key` and `expires_at`. */
    expiring: Object.values(tables),
    version: `${quotedSchema}.messaging_version`,
    schema,
    quotedSchema,
  };
}
