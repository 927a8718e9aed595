import { type ConversationScope, peopleOf } from './conversation-people.js';
import type { ListedConversation } from './listed-conversation.js';

type Held = Pick<ListedConversation, 'id' | 'createdAt'>;

/** A place in Chatvolt's list: right behind this conversation. */
export type ListPlace = Held;

/** Who was seen on the pages of one list that were read, and how far they were read. */
export class ConversationDirectory {
  /** Reads are numbered, so that what waited for one knows whether it began late enough. */
  readsBegun = 0;
  /** The last read that came to the end of the list. */
  lastWholeRead = 0;
  /** Behind it nothing was read yet; undefined before the first page. */
  readUpTo: ListPlace | undefined;
  private readonly seen = new Set<string>();
  private readonly byPerson = new Map<string, Held[]>();

  constructor(readonly scope: ConversationScope) {}

  /** How many conversations were seen. */
  get size(): number {
    return this.seen.size;
  }

  /** The conversation with a person. */
  conversationWith(person: string): string | undefined {
    return this.byPerson.get(person)?.[0]?.id;
  }

  /** Takes a page in. @returns How many conversations of it had not been seen. */
  learn(page: readonly ListedConversation[]): number {
    const fresh = page.filter(({ id }) => !this.seen.has(id));
    for (const conversation of fresh) {
      this.seen.add(conversation.id);
      for (const person of peopleOf(conversation, this.scope)) this.hold(person, conversation);
    }
    return fresh.length;
  }

  /** Passes over a conversation from now on. It stays among the seen, so that no page brings it back. */
  forget(person: string, id: string): void {
    const held = this.byPerson.get(person) ?? [];
    this.byPerson.set(
      person,
      held.filter((conversation) => conversation.id !== id),
    );
  }

  // The newest first: an older one may belong to a number or an instance that is not in use any more.
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
