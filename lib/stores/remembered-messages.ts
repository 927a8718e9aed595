import { StoreAnswerError } from '../errors/store-answer.error.js';
import { isRecord } from '../validation/is-record.js';
import type { RememberedMessage, SentMessageStore } from './sent-message.store.js';

/** Returns the message with a provider's ID. @throws StoreAnswerError if the store returns an invalid value. */
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

/** Returns the last messages to a recipient. @throws StoreAnswerError if the store returns an invalid value. */
export async function rememberedTo(
  store: SentMessageStore,
  account: string,
  recipient: string,
): Promise<RememberedMessage[]> {
  const found: unknown = await store.recentTo(account, recipient);
  if (Array.isArray(found) && found.every(isRemembered)) return found;
  throw new StoreAnswerError('SentMessageStore.recentTo', 'an array of RememberedMessage', found);
}

/** Returns whether a value of a store is a message, whose fields are not checked further. */
export function isRemembered(value: unknown): value is RememberedMessage {
  if (!isRecord(value) || !isRecord(value.sent)) return false;
  return [value.messageIds, value.recipients, value.buttons].every(Array.isArray);
}
