import { chatvoltId } from '../identifiers.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { ConversationOptions, ConversationRecord, SimulatedConversation } from './conversation.interface.js';

/** The participants of a conversation. */
export type Party = Pick<SimulatedConversation, 'agentId' | 'channel' | 'channelExternalId'>;

/** The conversations of all agents with their messages. */
export class ConversationStore {
  /** Oldest first. */
  private readonly byId = new Map<string, SimulatedConversation>();
  private readonly unlisted = new Set<string>();
  /** The conversations in which the AI replies. */
  private readonly aiEnabled = new Set<string>();
  private readonly records = new Map<string, ConversationRecord[]>();

  constructor(agentId: string) {
    const first = { agentId, channelExternalId: '5511999990001', channel: 'whatsapp' };
    const second = { agentId, channelExternalId: '5511999990002', channel: 'zapi' };
    this.add(conversation(first, {}, 'csimulatedconversation001', '2026-01-01T12:00:00.000Z'));
    this.add(conversation(second, {}, 'csimulatedconversation002', '2026-01-02T12:00:00.000Z'));
  }

  find(id: string): SimulatedConversation | undefined {
    return this.byId.get(id);
  }

  /** Returns the private conversation with a person. The channel may add a device or suffix to the number. */
  privateWith({ agentId, channel, channelExternalId }: Party): SimulatedConversation | undefined {
    return this.list().find(
      (known) =>
        known.agentId === agentId &&
        known.channel === channel &&
        !known.isGroup &&
        (known.channelExternalId === channelExternalId || partyAddress(known.channelExternalId) === channelExternalId),
    );
  }

  /** Creates a conversation without adding it. */
  made(party: Party, options: ConversationOptions = {}): SimulatedConversation {
    return conversation(party, options, chatvoltId(), new Date().toISOString());
  }

  /** Returns the private conversation with a person, or creates one without adding it. */
  with(party: Party): SimulatedConversation {
    return this.privateWith(party) ?? this.made(party);
  }

  add(opened: SimulatedConversation, isListed = true): void {
    if (this.byId.has(opened.id)) return;
    this.byId.set(opened.id, opened);
    if (!isListed) this.unlisted.add(opened.id);
  }

  /**
   * Returns a page of an agent's list, newest first.
   *
   * @param cursor The JSON `{"lastCreatedAt":"…","lastId":"…"}` of the previous page's last conversation, decoded.
   * @returns undefined if the cursor is invalid, or its conversation is not in the list.
   */
  page(
    agentId: string | undefined,
    channel: string | null,
    limit: number,
    cursor: string | null,
  ): SimulatedConversation[] | undefined {
    const all = this.list().filter(
      (known) =>
        (agentId === undefined || known.agentId === agentId) && (channel === null || known.channel === channel),
    );
    const start = cursor === null ? 0 : placeAfter(all, parsedJson(cursor));
    return start === undefined ? undefined : all.slice(start, start + limit).filter(({ id }) => !this.unlisted.has(id));
  }

  setAiEnabled(id: string, enabled: boolean): void {
    if (enabled) this.aiEnabled.add(id);
    else this.aiEnabled.delete(id);
  }

  isAiEnabled(id: string): boolean {
    return this.aiEnabled.has(id);
  }

  /** Newest first. */
  list(): SimulatedConversation[] {
    return [...this.byId.values()].reverse();
  }

  note(record: ConversationRecord): void {
    const records = this.records.get(record.conversationId) ?? [];
    records.push(record);
    this.records.set(record.conversationId, records);
  }

  /** Returns the messages of a conversation, oldest first. */
  recordsOf(conversationId: string): readonly ConversationRecord[] {
    return this.records.get(conversationId) ?? [];
  }

  record(id: string): ConversationRecord | undefined {
    return [...this.records.values()].flat().find((record) => record.id === id);
  }
}

/** Returns the phone number in an ID with a device or suffix, or any other ID unchanged. */
export function partyAddress(channelExternalId: string): string {
  return channelExternalId.replace(/(?::\d+)?@s\.whatsapp\.net$/, '');
}

/** Creates a stored message. A message sent with the API key has no contact. */
export function recordOf(id: string, conversationId: string, text: string, from: 'human' | 'user'): ConversationRecord {
  const contactId = from === 'user' ? chatvoltId() : null;
  const createdAt = new Date().toISOString();
  return { id, conversationId, text, from, contactId, visitorId: null, userId: null, createdAt };
}

function placeAfter(all: readonly SimulatedConversation[], last: unknown): number | undefined {
  if (!isJsonObject(last)) return undefined;
  const place = all.findIndex(({ id, createdAt }) => id === last.lastId && createdAt === last.lastCreatedAt);
  return place < 0 ? undefined : place + 1;
}

function conversation(
  party: Party,
  options: ConversationOptions,
  id: string,
  createdAt: string,
): SimulatedConversation {
  const { isGroup = false, blocked = false, whatsappChatLid = null, participants = [] } = options;
  const participantsContacts = participants.map((phoneNumber) => Object.freeze({ phoneNumber }));
  return Object.freeze({ id, ...party, isGroup, blocked, whatsappChatLid, participantsContacts, createdAt });
}
