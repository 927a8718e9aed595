import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { MessageSender } from '../sending/message.sender.js';
import { isRecord } from '../validation/is-record.js';
import { checkEnqueueOptions } from './check-enqueue-options.js';
import { idOfKey } from './message-job.factory.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** A message by its key, of the account or accounts for which it was enqueued. */
export type MessageKey = Pick<EnqueueOptions, 'account' | 'via'> & { idempotencyKey: string };

function noKey(): Issue {
  const path = 'options.idempotencyKey';
  return { path, rule: 'isText', message: `${path} must be a text that is not empty` };
}

/** The id that is meant, which may be none. @throws InvalidMessageError, UnknownAccountError of a key. */
export async function idMeantBy(which: string | MessageKey, sender: () => MessageSender): Promise<string> {
  if (!isRecord(which)) return which;
  checkEnqueueOptions(which);
  const { idempotencyKey: key, ...accounts } = which;
  if (key === undefined) throw new InvalidMessageError([noKey()]);
  return idOfKey(key, accounts.via, await sender().accountsOf(accounts));
}
