/** A conversation in the list of `GET /conversation`. @publicApi */
export interface SimulatedConversation {
  readonly id: string;
  /** The agent of the conversation. */
  readonly agentId: string;
  /**
   * The other participant, in the channel's format: the digits of a phone number, `5511999999999:12@s.whatsapp.net`, a
   * lid, an ID of another network, an email address.
   */
  readonly channelExternalId: string;
  /** `whatsapp`, `zapi`, `zapper`, `telegram`, `website`, … */
  readonly channel: string;
  readonly isGroup: boolean;
  readonly blocked: boolean;
  /** The lid, or null if it is unknown. */
  readonly whatsappChatLid: string | null;
  readonly participantsContacts: readonly { readonly phoneNumber: string }[];
  /** An ISO 8601 time. */
  readonly createdAt: string;
}

/** Options of a conversation. @publicApi */
export interface ConversationOptions {
  /** The channel. @default 'whatsapp' */
  readonly channel?: string;
  /** The name of a Chatvolt account. @default 'chatvolt' */
  readonly account?: string;
  /** Replaces the digits of the phone number: `5511999999999:12@s.whatsapp.net`, a lid, … */
  readonly channelExternalId?: string;
  /** @default false */
  readonly isGroup?: boolean;
  /** @default false */
  readonly blocked?: boolean;
  readonly whatsappChatLid?: string;
  /** The phone numbers of the participants, in digits. */
  readonly participants?: readonly string[];
  /** Whether the list contains it. If not, it counts for its page but is left out. @default true */
  readonly listed?: boolean;
}

/** A message in a conversation of Chatvolt. */
export interface ConversationRecord {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  /** `human`: sent with the API key. `user`: written by the customer. */
  readonly from: 'human' | 'user';
  readonly contactId: string | null;
  readonly visitorId: null;
  readonly userId: null;
  /** An ISO 8601 time. */
  readonly createdAt: string;
}
