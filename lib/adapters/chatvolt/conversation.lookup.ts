import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Mutex } from '../../async/mutex.js';
import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { SendAbortedError } from '../../errors/outcome.errors.js';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
  RecipientNotFoundError,
} from '../../errors/provider.errors.js';
import { compositeKey } from '../../message/composite-key.js';
import { ProviderClient } from '../provider.client.js';
import type {} from '../provider-adapter.interface.js';
import type { RequestContext } from '../send-context.js';
import { chatvoltRequestBuilder } from './chatvolt.request-builder.js';
import { ConversationDirectory, type ListPlace } from './conversation-directory.js';
import { type ConversationScope, personKey } from './conversation-people.js';
import { type ListedConversation, readConversations } from './listed-conversation.js';

/** What is asked for a page; Chatvolt gives at most so many conversations, and may give fewer. */
const PAGE = 100;
/** One look-up reads at most so many pages. */
const MAX_PAGES = 250;
/** What was read is believed for so long. */
const CACHE_TTL_MS = 10 * 60 * 1_000;
/** So many lists are remembered, and so many conversations in all of them together. */
const MAX_LISTS = 500;
const MAX_CONVERSATIONS = 50_000;

/** Which conversation is looked for. */
export interface ConversationQuery {
  /** A telephone number with country code, or a lid. */
  person: string;
  /** `whatsapp`, `zapi`, …; the account's own, or all of WhatsApp's, where it is left out. */
  channel?: string | undefined;
  agentId?: string | undefined;
}

/** A conversation that was found. */
export interface FoundConversation {
  id: string;
  /** No page was read for it: things may have changed. */
  remembered: boolean;
}

/** A list that is being read, or was. */
interface KnownList {
  directory: ConversationDirectory;
  /** Two that read at the same time would read the same pages. */
  turns: Mutex;
}

/**
 * Finds the conversation with a person on WhatsApp. Chatvolt has no such look-up: its list is read page by page. What
 * was read is remembered for ten minutes, and everybody's look-up goes on where the last one ended; that somebody has
 * no conversation is not remembered.
 */
@Injectable()
export class ConversationLookup {
  private readonly lists = new LRUCache<string, KnownList>({ max: MAX_LISTS, ttl: CACHE_TTL_MS });

  constructor(private readonly client: ProviderClient) {}

  /**
   * @returns Undefined where nothing is found up to the end of the list.
   * @throws RecipientNotFoundError where the list goes on after as many pages as one look-up reads.
   */
  async find(
    account: ChatvoltAccount,
    query: ConversationQuery,
    context: RequestContext,
  ): Promise<FoundConversation | undefined> {
    const list = this.listOf(account, query);
    const goesOn = list.directory.readUpTo !== undefined;
    try {
      return await this.findOn(list, account, query, context);
    } catch (error) {
      if (!goesOn || !(error instanceof ProviderRejectedError)) throw error;
      // The conversation behind which it was to go on may be gone, and with it that place in the list.
      this.lists.delete(keyOf(account, query));
      return this.findOn(this.listOf(account, query), account, query, context);
    }
  }

  /** A conversation that was found is not there any more. */
  forget(account: ChatvoltAccount, query: ConversationQuery, id: string): void {
    this.listOf(account, query).directory.forget(personKey(query.person), id);
  }

  private async findOn(
    { directory, turns }: KnownList,
    account: ChatvoltAccount,
    query: ConversationQuery,
    context: RequestContext,
  ): Promise<FoundConversation | undefined> {
    const person = personKey(query.person);
    const remembered = directory.conversationWith(person);
    if (remembered !== undefined) return { id: remembered, remembered: true };
    const begunBefore = directory.readsBegun;
    // Those that come in the same turn of the loop share what is read next.
    await setImmediate();
    const found = await turns.run(() => this.findIn(directory, person, begunBefore, account, context), context);
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
      this.keepWithinBounds();
    }
  }

  /**
   * Reads until the person is found: first what is new on top, the newest being there, then on from where the last read
   * ended. A page that brings nothing new is the end: it is empty, or the list repeats itself.
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
      `Chatvolt's list of conversations does not end after ${MAX_PAGES} pages, and the recipient was not among them: give the conversation's id`,
      { ...detailsOf(account), scope: 'account' },
    );
  }

  private async page(
    { scope: { agentId, channel } }: ConversationDirectory,
    account: ChatvoltAccount,
    after: ListPlace | undefined,
    context: RequestContext,
  ): Promise<ListedConversation[]> {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (agentId !== undefined) query.set('agentId', agentId);
    if (channel !== undefined) query.set('channel', channel);
    if (after) query.set('cursor', JSON.stringify({ lastCreatedAt: after.createdAt, lastId: after.id }));
    const { value } = await this.client.call(
      {
        account,
        operation: 'conversation',
        repeatable: true,
        requestBuilderFor: () => chatvoltRequestBuilder(account),
        request: (builder) => builder.get(`conversation?${query}`),
        read: (answer) => readConversations(answer, account),
      },
      context,
    );
    return value;
  }

  private listOf(account: ChatvoltAccount, query: ConversationQuery): KnownList {
    const key = keyOf(account, query);
    const known = this.lists.get(key);
    if (known) return known;
    const list = { directory: new ConversationDirectory(scopeOf(account, query)), turns: new Mutex() };
    this.lists.set(key, list);
    return list;
  }

  private keepWithinBounds(): void {
    const sizes = [...this.lists.values()].map(({ directory }) => directory.size);
    let size = sizes.reduce((sum, each) => sum + each, 0);
    while (size > MAX_CONVERSATIONS) size -= this.lists.pop()?.directory.size ?? size;
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
  const what = 'while the list of conversations was read for another look-up';
  return signal?.aborted
    ? new SendAbortedError(`The call was aborted ${what}`, 'not-sent', detailsOf(account))
    : new ProviderUnavailableError(`The deadline passed ${what}`, detailsOf(account));
}

function detailsOf(account: ChatvoltAccount) {
  return { provider: account.provider, account: account.name };
}
