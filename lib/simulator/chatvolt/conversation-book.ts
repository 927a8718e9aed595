import { chatvoltId } from '../identifiers.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { SimulatedConversation } from './conversation.interface.js';

/** The conversations of the one agent. */
export class ConversationBook {
  /** Oldest first. */
  private readonly byId = new Map<string, SimulatedConversation>();
  private readonly byParty = new Map<string, SimulatedConversation>();

  constructor() {
    this.add(conversation('5511999990001', 'whatsapp', 'csimulatedconversation001', '2026-01-01T12:00:00.000Z'));
    this.add(conversation('5511999990002', 'zapi', 'csimulatedconversation002', '2026-01-02T12:00:00.000Z'));
  }

  find(id: string): SimulatedConversation | undefined {
    return this.byId.get(id);
  }

  /** The one with this party on this channel, or a new one, which is not in the book until it is added. */
  with(channelExternalId: string, channel: string): SimulatedConversation {
    return (
      this.byParty.get(`${channel} ${channelExternalId}`) ??
      conversation(channelExternalId, channel, chatvoltId(), new Date().toISOString())
    );
  }

  add(opened: SimulatedConversation): void {
    if (this.byId.has(opened.id)) return;
    this.byId.set(opened.id, opened);
    this.byParty.set(`${opened.channel} ${opened.channelExternalId}`, opened);
  }

  /**
   * A page of the list, newest first.
   *
   * @param cursor the JSON `{"lastCreatedAt":"…","lastId":"…"}` of the last page's last conversation, decoded
   * @returns undefined where the cursor is not of that form, or its conversation is not in the list
   */
  page(channel: string | null, limit: number, cursor: string | null): SimulatedConversation[] | undefined {
    const listed = this.list().filter((known) => channel === null || known.channel === channel);
    if (cursor === null) return listed.slice(0, limit);
    const last = parsedJson(cursor);
    if (!isJsonObject(last)) return undefined;
    const position = listed.findIndex(({ id, createdAt }) => id === last.lastId && createdAt === last.lastCreatedAt);
    return position < 0 ? undefined : listed.slice(position + 1, position + 1 + limit);
  }

  /** Newest first. */
  list(): SimulatedConversation[] {
    return [...this.byId.values()].reverse();
  }
}

function conversation(
  channelExternalId: string,
  channel: string,
  id: string,
  createdAt: string,
): SimulatedConversation {
  return Object.freeze({ id, channelExternalId, channel, createdAt });
}
