import type { ChatvoltAccount } from '../../config/account.js';
import { phoneDigits, recipientKey } from '../../message/recipient.js';
import type { SendLimits } from '../messaging-provider.js';
import type { ProviderClient } from '../provider-client.js';
import { chatvoltEntrance } from './chatvolt.entrance.js';
import { type ListedConversation, readConversations } from './chatvolt.results.js';

/** Chatvolt gives at most so many conversations a page. */
const PAGE = 100;
/** A list that does not end, or repeats itself, is given up after so many pages. */
const MOST_PAGES = 1_000;

/** Which conversation is looked for. */
export interface ConversationQuery {
  /** A telephone number with country code. */
  phone: string;
  /** `whatsapp`, `zapi`, …; all of them where it is left out. */
  channel?: string | undefined;
  agentId?: string | undefined;
}

/** Finds the conversation with a telephone number. Chatvolt has no such look-up: its list is read page by page. */
export class ConversationFinder {
  constructor(private readonly client: ProviderClient) {}

  async find(account: ChatvoltAccount, query: ConversationQuery, limits: SendLimits): Promise<string | undefined> {
    const phone = phoneDigits(query.phone);
    let last: ListedConversation | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const conversations = await this.page(account, query, last, limits);
      const wanted = recipientKey(phone);
      const found = conversations.find(
        ({ channelExternalId = '' }) => recipientKey(phoneDigits(channelExternalId)) === wanted,
      );
      if (found) return found.id;
      const before = last?.id;
      last = conversations.at(-1);
      if (last === undefined || conversations.length < PAGE || last.id === before) return undefined;
    }
    return undefined;
  }

  private async page(
    account: ChatvoltAccount,
    { channel, agentId = account.agentId }: ConversationQuery,
    after: ListedConversation | undefined,
    limits: SendLimits,
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
        enter: () => chatvoltEntrance(account),
        request: (entrance) => entrance.get(`conversation?${query}`),
        read: (answer) => readConversations(answer, account),
      },
      limits,
    );
    return value;
  }
}
