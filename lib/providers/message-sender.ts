import type { Account } from '../config/account.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { UnsupportedMessageError } from '../errors/message.errors.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderUnavailableError,
  RateLimitedError,
  SubscriptionError,
} from '../errors/provider.errors.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { type CarriedAs, type PlanOptions, planMessage } from './message-planner.js';
import type { Accepted, SendLimits } from './messaging-provider.js';
import type { MessagingProviders } from './providers.js';
import type { SentMessages } from './sent-messages.js';

/** Errors that are the account's, not the message's: the next account may do better. */
const REASONS_FOR_THE_NEXT_ACCOUNT = [
  AuthenticationError,
  PermissionError,
  SubscriptionError,
  RateLimitedError,
  ProviderUnavailableError,
  UnsupportedMessageError,
];

/** A message to send, and what is to be known of it afterwards. */
export interface MessageToSend {
  /** The `id` that its `SentMessage` gets. */
  id: string;
  message: ButtonMessage;
  options: PlanOptions & { lateFallback?: 'none' | 'text' | undefined };
  /** Somebody waits for the answer. */
  asked: boolean;
}

interface AcceptedWhole {
  sent: SentMessage;
  parts: Accepted<unknown>[];
}

/** Sends a checked message by the first account that takes it, in the parts that it needs. */
export class MessageSender {
  constructor(
    private readonly providers: MessagingProviders,
    private readonly sentMessages: SentMessages,
  ) {}

  /** Goes on to the next account while nothing was sent for a reason of the account's; the last error is thrown. */
  async send(toSend: MessageToSend, accounts: readonly Account[], limits: SendLimits): Promise<SentMessage> {
    const tried: { account: string; code: string }[] = [];
    for (const [index, account] of accounts.entries()) {
      try {
        const { sent, parts } = await this.sendBy(account, toSend, limits);
        const whole = tried.length > 0 ? { ...sent, tried } : sent;
        await this.remember(toSend, whole, parts);
        return whole;
      } catch (error) {
        const mayGoOn = REASONS_FOR_THE_NEXT_ACCOUNT.some((reason) => error instanceof reason);
        if (!(error instanceof ButtonMessagingError) || !mayGoOn || index === accounts.length - 1) throw error;
        tried.push({ account: account.name, code: error.code });
      }
    }
    throw new UnsupportedMessageError(['there is no account to send it']);
  }

  private async sendBy(account: Account, toSend: MessageToSend, limits: SendLimits): Promise<AcceptedWhole> {
    const provider = this.providers.of(account);
    const plan = planMessage(toSend.message, provider, account, toSend.options);
    if ('reasons' in plan) {
      throw new UnsupportedMessageError(plan.reasons, { provider: account.provider, account: account.name });
    }
    const parts: Accepted<unknown>[] = [];
    // Where there are several parts, the id is that of the whole, and what comes back for one proves nothing of the rest.
    const whole = plan.parts.length === 1 ? { ...limits, id: toSend.id } : { ...limits, correlationId: undefined };
    try {
      for (const outgoing of plan.parts) parts.push(await provider.send(outgoing, account, whole));
    } catch (error) {
      throw parts.length > 0 && error instanceof ButtonMessagingError ? sentInPart(error, account, parts) : error;
    }
    return { sent: { ...wholeOf(parts, plan.as), id: toSend.id }, parts };
  }

  private remember({ message, options, asked }: MessageToSend, sent: SentMessage, parts: Accepted<unknown>[]) {
    return this.sentMessages.remember({
      sent,
      parts: parts.map((part) => ({ outgoing: part.outgoing, messageId: part.sent.messageId })),
      asked,
      lateFallback: options.lateFallback === 'text' && sent.degraded !== 'text' ? message : undefined,
    });
  }
}

/** The error of a part, where those before it were accepted. */
function sentInPart(
  { message, status, providerCode, providerMessage, retryAfterMs }: ButtonMessagingError,
  account: Account,
  accepted: readonly Accepted<unknown>[],
): UnknownOutcomeError {
  return new UnknownOutcomeError(`A first part of the message was accepted; the next failed: ${message}`, {
    provider: account.provider,
    account: account.name,
    status,
    providerCode,
    providerMessage,
    retryAfterMs,
    parts: accepted.map(({ sent }) => sent),
  });
}

/** A message of several parts goes by the id of the last, which holds the reply buttons. */
function wholeOf(accepted: readonly Accepted<unknown>[], as: CarriedAs): SentMessage {
  const parts = accepted.map(({ sent }) => sent);
  const last = parts.at(-1);
  if (last === undefined) throw new UnsupportedMessageError(['it has no parts']);
  if (as === 'buttons') return last;
  if (as === 'text') return { ...last, degraded: 'text' };
  return { ...last, attempts: parts.reduce((sum, part) => sum + part.attempts, 0), degraded: 'split', parts };
}
