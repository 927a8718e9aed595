import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { SendAbortedError } from '../../errors/outcome.errors.js';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
  RecipientNotFoundError,
} from '../../errors/provider.errors.js';
import { compositeKey } from '../../message/composite-key.js';
import { ProviderClient } from '../provider.client.js';
import type { RequestContext } from '../send-context.js';
import { conversationsRead } from './chatvolt.reads.js';
import { ConversationDirectory, type ListPlace } from './conversation-directory.js';
import { type ConversationScope, personKey } from './conversation-people.js';
import type { ListedConversation } from './listed-conversation.js';

/** Maximum page size. Chatvolt may return fewer conversations. */
const PAGE = 100;
/** Maximum number of pages that one lookup reads. */
const MAX_PAGES = 250;
/** How long conversations are cached, in milliseconds. */
const CACHE_TTL_MS = 10 * 60 * 1_000;
/** Maximum number of cached lists. */
const MAX_LISTS = 500;
const MAX_CONVERSATIONS = 50_000;

/** The person and channel of a lookup. */
export interface ConversationQuery {
  /** A phone number with country code, or a lid. */
  person: string;
  /** `whatsapp`, `zapi`, … @default The account's channel, or all WhatsApp channels. */
  channel?: string | undefined;
  agentId?: string | undefined;
}

/** The conversation of a person. */
export interface FoundConversation {
  id: string;
  /** Whether it comes from the cache, so that it may no longer exist. */
  remembered: boolean;
}

/**
 * Finds the WhatsApp conversation with a person. Chatvolt has no lookup, so this reads its list page by page. Pages are
 * cached for ten minutes, and each lookup continues where the last one ended. A missing conversation is not cached.
 */
@Injectable()
export class ConversationLookup {
  private readonly lists = new LRUCache<string, ConversationDirectory>({ max: MAX_LISTS, ttl: CACHE_TTL_MS });

  constructor(private readonly client: ProviderClient) {}

  /**
   * Finds the conversation of a person.
   *
   * @returns Undefined if the whole list has no such conversation.
   * @throws RecipientNotFoundError if the list has more pages than one lookup reads.
   */
  async find(
    account: ChatvoltAccount,
    query: ConversationQuery,
    context: RequestContext,
  ): Promise<FoundConversation | undefined> {
    const directory = this.listOf(account, query);
    const goesOn = directory.readUpTo !== undefined;
    try {
      return await this.findOn(directory, account, query, context);
    } catch (error) {
      if (!goesOn || !(error instanceof ProviderRejectedError)) throw error;
      // The conversation at the last position may be deleted, which invalidates the position.
      this.lists.delete(keyOf(account, query));
      return this.findOn(this.listOf(account, query), account, query, context);
    }
  }

  /** Removes a conversation that no longer exists from the cache. */
  forget(account: ChatvoltAccount, query: ConversationQuery, id: string): void {
    this.listOf(account, query).forget(personKey(query.person), id);
  }

  private async findOn(
    directory: ConversationDirectory,
    account: ChatvoltAccount,
    query: ConversationQuery,
    context: RequestContext,
  ): Promise<FoundConversation | undefined> {
    const person = personKey(query.person);
    const remembered = directory.conversationWith(person);
    if (remembered !== undefined) return { id: remembered, remembered: true };
    const begunBefore = directory.readsBegun;
    // Lookups of the same tick share the next read.
    await setImmediate();
    const read = () => this.findIn(directory, person, begunBefore, account, context);
    const found = await directory.turns.run(read, context);
    if (found === 'gave-up') throw gaveUp(account, context);
    return found;
  }

  private async findIn(
    directory: ConversationDirectory,
    person: string,
    begunBefore: number,
    account: ChatvoltAccount,
    context: RequestContext,
  ): Promise<FoundConversation | undefined> {
    const found = directory.conversationWith(person);
    if (found !== undefined) return { id: found, remembered: false };
    if (directory.lastWholeRead > begunBefore) return undefined;
    try {
      const id = await this.read(directory, person, account, context);
      return id === undefined ? undefined : { id, remembered: false };
    } finally {
      this.evictLists();
    }
  }

  /**
   * Reads until the person is found: first the new conversations, which are on top, then from the last position. A page
   * without new conversations is the end: it is empty, or the list repeats itself.
   */
  private async read(
    directory: ConversationDirectory,
    person: string,
    account: ChatvoltAccount,
    context: RequestContext,
  ): Promise<string | undefined> {
    directory.readsBegun += 1;
    const number = directory.readsBegun;
    let isOnTop = directory.readUpTo !== undefined;
    let after: ListPlace | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await this.page(directory, account, after, context);
      const fresh = directory.learn(page);
      after = page.at(-1);
      if (!isOnTop && fresh > 0) directory.readUpTo = after;
      const found = directory.conversationWith(person);
      if (found !== undefined) return found;
      if (isOnTop && fresh < Math.max(page.length, 1)) {
        isOnTop = false;
        after = directory.readUpTo;
      } else if (fresh === 0) {
        directory.lastWholeRead = number;
        return undefined;
      }
    }
    throw new RecipientNotFoundError(
      `Chatvolt's list of conversations has more than ${MAX_PAGES} pages, and the recipient was not found: pass the conversation's ID`,
      { ...detailsOf(account), scope: 'account' },
    );
  }

  private page(
    { scope: { agentId, channel } }: ConversationDirectory,
    account: ChatvoltAccount,
    after: ListPlace | undefined,
    context: RequestContext,
  ): Promise<ListedConversation[]> {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (agentId !== undefined) query.set('agentId', agentId);
    if (channel !== undefined) query.set('channel', channel);
    if (after) query.set('cursor', JSON.stringify({ lastCreatedAt: after.createdAt, lastId: after.id }));
    return this.client.read(conversationsRead(account, query), context);
  }

  private listOf(account: ChatvoltAccount, query: ConversationQuery): ConversationDirectory {
    const key = keyOf(account, query);
    const known = this.lists.get(key);
    if (known) return known;
    const directory = new ConversationDirectory(scopeOf(account, query));
    this.lists.set(key, directory);
    return directory;
  }

  private evictLists(): void {
    let size = [...this.lists.values()].reduce((sum, directory) => sum + directory.size, 0);
    while (size > MAX_CONVERSATIONS) size -= this.lists.pop()?.size ?? size;
  }
}

function scopeOf(
  account: ChatvoltAccount,
  { agentId = account.agentId, channel = account.channel }: ConversationQuery,
): ConversationScope {
  return { agentId, channel };
}

function keyOf(account: ChatvoltAccount, query: ConversationQuery): string {
  const { agentId = '', channel = '' } = scopeOf(account, query);
  return compositeKey(account.name, account.baseUrl, agentId, channel);
}

function gaveUp(account: ChatvoltAccount, { signal }: RequestContext): SendAbortedError | ProviderUnavailableError {
  const what = 'while another lookup read the list of conversations';
  return signal?.aborted
    ? new SendAbortedError(`The request was aborted ${what}`, 'not-sent', detailsOf(account))
    : new ProviderUnavailableError(`The deadline passed ${what}`, detailsOf(account));
}

function detailsOf(account: ChatvoltAccount) {
  return { provider: account.provider, account: account.name };
}
