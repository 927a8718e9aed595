import { Mutex } from '../../async/mutex.js';
import { type ConversationScope, peopleOf } from './conversation-people.js';
import type { ListedConversation } from './listed-conversation.js';

type Held = Pick<ListedConversation, 'id' | 'createdAt'>;

/** A position in Chatvolt's list: after this conversation. */
export type ListPlace = Held;

/** Indexes the conversations of one list, and remembers how far it was read. */
export class ConversationDirectory {
  /** Serializes reads, because concurrent reads would fetch the same pages. */
  readonly turns = new Mutex();
  /** The number of reads. Waiting lookups use it to check that a read began late enough. */
  readsBegun = 0;
  /** The last read that reached the end of the list. */
  lastWholeRead = 0;
  /** The list is unread after this position. Undefined before the first page. */
  readUpTo: ListPlace | undefined;
  private readonly seen = new Set<string>();
  private readonly byPerson = new Map<string, Held[]>();

  constructor(readonly scope: ConversationScope) {}

  /** The number of indexed conversations. */
  get size(): number {
    return this.seen.size;
  }

  /** Returns the conversation with a person. */
  conversationWith(person: string): string | undefined {
    return this.byPerson.get(person)?.[0]?.id;
  }

  /** Adds a page. @returns The number of new conversations. */
  learn(page: readonly ListedConversation[]): number {
    const fresh = page.filter(({ id }) => !this.seen.has(id));
    for (const conversation of fresh) {
      this.seen.add(conversation.id);
      for (const person of peopleOf(conversation, this.scope)) this.hold(person, conversation);
    }
    return fresh.length;
  }

  /** Ignores a conversation from now on. It stays indexed, so that later pages do not add it again. */
  forget(person: string, id: string): void {
    const held = this.byPerson.get(person) ?? [];
    this.byPerson.set(
      person,
      held.filter((conversation) => conversation.id !== id),
    );
  }

  // The newest first: an older conversation may belong to a phone number or instance that is no longer used.
  private hold(person: string, { id, createdAt }: Held): void {
    const held = [...(this.byPerson.get(person) ?? []), { id, createdAt }];
    this.byPerson.set(
      person,
      held.sort((one, other) => timeOf(other) - timeOf(one)),
    );
  }
}

function timeOf({ createdAt }: Held): number {
  return Date.parse(createdAt ?? '') || 0;
}
