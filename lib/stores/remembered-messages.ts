import { StoreAnswerError } from '../errors/store-answer.error.js';
import { isRecord } from '../validation/is-record.js';
import type { RememberedMessage, SentMessageStore } from './sent-message.store.js';

/** The message that the provider gave this id. @throws StoreAnswerError where the store returns anything else. */
export async function rememberedAs(
  store: SentMessageStore,
  account: string,
  messageId: string,
): Promise<RememberedMessage | undefined> {
  const found: unknown = await store.byMessageId(account, messageId);
  if (found === undefined || found === null) return undefined;
  if (isRemembered(found)) return found;
  throw new StoreAnswerError('SentMessageStore.byMessageId', 'a RememberedMessage or undefined', found);
}

/** The last messages to a recipient. @throws StoreAnswerError where the store returns anything else. */
export async function rememberedTo(
  store: SentMessageStore,
  account: string,
  recipient: string,
): Promise<RememberedMessage[]> {
  const found: unknown = await store.recentTo(account, recipient);
  if (Array.isArray(found) && found.every(isRemembered)) return found;
  throw new StoreAnswerError('SentMessageStore.recentTo', 'an array of RememberedMessage', found);
}

function isRemembered(value: unknown): value is RememberedMessage {
  if (!isRecord(value) || !isRecord(value.sent)) return false;
  return [value.messageIds, value.recipients, value.buttons].every(Array.isArray);
}
