import { textIssue } from '../message/check-send-options.js';
import { isRecord } from '../validation/is-record.js';
import { checkEnqueueOptions, rejectIf } from './check-enqueue-options.js';
import { idOfKey } from './message-job.factory.js';
import type { MessagingCore } from './messaging-core.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** Identifies a message by its idempotency key and the account or accounts for which it was enqueued. @publicApi */
export type MessageKey = Pick<EnqueueOptions, 'account' | 'via'> & { idempotencyKey: string };

/** Returns the ID of a message, which the queue may not have. @throws InvalidMessageError, UnknownAccountError */
export async function findMessageId(which: string | MessageKey, core: MessagingCore): Promise<string> {
  if (!isRecord(which)) return which;
  checkEnqueueOptions(which);
  const { idempotencyKey: key, ...accounts } = which;
  // Without types it may be missing.
  rejectIf(textIssue('idempotencyKey', key ?? ''));
  return idOfKey(key, accounts.via, await core.sender.accountsOf(accounts));
}
