/** A conversation as `GET /conversation` lists it. */
export interface SimulatedConversation {
  readonly id: string;
  /** Whose agent it is with. */
  readonly agentId: string;
  /**
   * Who is at the other end, in the channel's own words: the digits of a phone, `5511999999999:12@s.whatsapp.net`, a lid,
   * another network's number, an e-mail address.
   */
  readonly channelExternalId: string;
  /** `whatsapp`, `zapi`, `zapper`, `telegram`, `website`, … */
  readonly channel: string;
  readonly isGroup: boolean;
  readonly blocked: boolean;
  /** The lid, if it is known; else null. */
  readonly whatsappChatLid: string | null;
  readonly participantsContacts: readonly { readonly phoneNumber: string }[];
  /** ISO 8601. */
  readonly createdAt: string;
}

/** How a conversation is opened. */
export interface ConversationOptions {
  /** Default: `whatsapp`. */
  readonly channel?: string;
  /** The name of a Chatvolt account, whose agent it is with. Default: `chatvolt`. */
  readonly account?: string;
  /** In place of the phone's digits: `5511999999999:12@s.whatsapp.net`, a lid, … */
  readonly channelExternalId?: string;
  /** Default: false. */
  readonly isGroup?: boolean;
  /** Default: false. */
  readonly blocked?: boolean;
  readonly whatsappChatLid?: string;
  /** The phones of those who take part, in digits. */
  readonly participants?: readonly string[];
  /** Whether the list shows it. False: it counts for its page and is left out of it. Default: true. */
  readonly listed?: boolean;
}

/** A message as Chatvolt keeps it in its conversation. */
export interface ConversationRecord {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  /** `human`: sent by key; `user`: written by the customer. */
  readonly from: 'human' | 'user';
  readonly contactId: string | null;
  readonly visitorId: null;
  readonly userId: null;
  /** ISO 8601. */
  readonly createdAt: string;
}
