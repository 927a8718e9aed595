const MAX_NAME_LENGTH = 63;

/** The quoted names of the stores' tables. */
export class StoreTables {
  /** The quoted name of the schema. */
  readonly quotedSchema: string;
  readonly version: string;
  readonly idempotency: string;
  readonly pacing: string;
  readonly sentMessages: string;
  readonly repeats: string;
  readonly replies: string;
  readonly people: string;

  /** @throws TypeError if the schema's name is invalid */
  constructor(readonly schema: string) {
    const length = Buffer.byteLength(schema);
    if (length === 0 || length > MAX_NAME_LENGTH) throw new TypeError('schema must have 1 to 63 bytes');
    this.quotedSchema = `"${schema.replaceAll('"', '""')}"`;
    this.version = `${this.quotedSchema}.messaging_version`;
    this.idempotency = `${this.quotedSchema}.messaging_idempotency`;
    this.pacing = `${this.quotedSchema}.messaging_pacing`;
    this.sentMessages = `${this.quotedSchema}.messaging_sent`;
    this.repeats = `${this.quotedSchema}.messaging_repeats`;
    this.replies = `${this.quotedSchema}.messaging_replies`;
    this.people = `${this.quotedSchema}.messaging_people`;
  }

  /** The tables whose rows expire. Each has the columns `key` and `expires_at`. */
  get expiring(): string[] {
    return [this.idempotency, this.pacing, this.sentMessages, this.repeats, this.replies, this.people];
  }
}
