/** A conversation as `GET /conversation` lists it. */
export interface SimulatedConversation {
  readonly id: string;
  /** The digits of the phone, or the e-mail address. */
  readonly channelExternalId: string;
  /** `whatsapp`, `zapi`, … */
  readonly channel: string;
  /** ISO 8601. */
  readonly createdAt: string;
}
