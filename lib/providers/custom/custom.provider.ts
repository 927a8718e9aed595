import type { CustomAccount } from '../../config/account.js';
import type { CustomMapping, CustomMessage } from '../../config/custom-provider.interface.js';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../../errors/outcome.errors.js';
import type { OfferedButton } from '../../events/sent-message.store.js';
import type { ButtonMessage } from '../../message/button-message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { numberedText } from '../../message/numbered-text.js';
import type { AttemptLimits } from '../../transport/attempt.js';
import type { Accepted, Mapping, MessagingProvider, OutgoingMessage, SendLimits } from '../messaging-provider.js';
import { numberedMapping } from '../numbered-mapping.js';
import type { GivenId, ProviderClient } from '../provider-client.js';

/** Providers that applications bring along, each in its account. */
export class CustomMessagingProvider implements MessagingProvider<CustomAccount, GivenId> {
  readonly name = 'custom';

  constructor(private readonly client: ProviderClient) {}

  map(message: ButtonMessage, { custom }: CustomAccount): Mapping {
    return outgoingOf(custom.map(message), message);
  }

  mapText(message: ButtonMessage, { custom }: CustomAccount): Mapping {
    if (!custom.mapText) return { reasons: [`${custom.name} has no form for a text`] };
    return numberedMapping(outgoingOf(custom.mapText(message, numberedText(message)), message), message);
  }

  preview({ path, body }: OutgoingMessage): RequestPreview {
    return { method: 'POST', path, body };
  }

  send(outgoing: OutgoingMessage, account: CustomAccount, limits: SendLimits): Promise<Accepted<GivenId>> {
    const { operation, recipient, body } = outgoing;
    const attempt = (attemptLimits: AttemptLimits) => attemptBy(account, { operation, recipient, body }, attemptLimits);
    return this.client.sendBy(attempt, account, outgoing, limits);
  }
}

function outgoingOf(mapping: CustomMapping, message: ButtonMessage): Mapping {
  if ('reasons' in mapping) return mapping;
  const buttons = message.buttons.flatMap((button): OfferedButton[] =>
    button.type === 'reply' ? [{ id: button.id, title: button.title }] : [],
  );
  return { outgoing: { ...mapping, path: mapping.operation, buttons } };
}

async function attemptBy(
  account: CustomAccount,
  message: CustomMessage,
  { timeoutMs, signal }: AttemptLimits,
): Promise<GivenId> {
  const details = { provider: account.provider, account: account.name };
  if (signal?.aborted) {
    throw new SendAbortedError('The send was aborted before its request left', 'not-sent', details);
  }
  const end = new AbortController();
  const onAbort = () => end.abort(new SendAbortedError('The send was aborted under way', 'unknown', details));
  const late = new UnknownOutcomeError(`${account.provider} did not answer within ${timeoutMs} ms`, details);
  const timer = setTimeout(() => end.abort(late), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([account.custom.send(message, { signal: end.signal }), abortionOf(end.signal)]);
  } catch (error) {
    if (end.signal.aborted) throw end.signal.reason;
    if (error instanceof ButtonMessagingError) throw error;
    // What others throw may hold anything, a secret too.
    throw new UnknownOutcomeError(`${account.provider} failed in a way that says nothing of the message`, details);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

function abortionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
