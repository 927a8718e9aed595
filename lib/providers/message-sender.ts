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
import type { Accepted, MessagingProvider, OutgoingMessage, SendLimits } from './messaging-provider.js';
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
  /** Runs once it is accepted as a whole, before it is remembered. */
  onAccepted?: (() => void) | undefined;
}

/** What holds for each part of a message, whichever account sends it. */
type PartLimits = Omit<SendLimits, 'id'>;

type Tried = NonNullable<SentMessage['tried']>;

/** Sends a checked message by the first account that takes it, in the parts that it needs. */
export class MessageSender {
  constructor(
    private readonly providers: MessagingProviders,
    private readonly sentMessages: SentMessages,
  ) {}

  /** Goes on to the next account while nothing was sent for a reason of the account's; the last error is thrown. */
  send(toSend: MessageToSend, accounts: readonly Account[], limits: PartLimits): Promise<SentMessage> {
    const [first, second] = accounts;
    return first && !second ? this.sendBy(first, toSend, limits) : this.sendByTurns(accounts, toSend, limits);
  }

  private async sendByTurns(
    accounts: readonly Account[],
    toSend: MessageToSend,
    limits: PartLimits,
  ): Promise<SentMessage> {
    const tried: Tried = [];
    for (const [index, account] of accounts.entries()) {
      try {
        return await this.sendBy(account, toSend, limits, tried);
      } catch (error) {
        const mayGoOn = REASONS_FOR_THE_NEXT_ACCOUNT.some((reason) => error instanceof reason);
        if (!(error instanceof ButtonMessagingError) || !mayGoOn || index === accounts.length - 1) throw error;
        tried.push({ account: account.name, code: error.code });
      }
    }
    throw new UnsupportedMessageError(['there is no account to send it']);
  }

  private async sendBy(
    account: Account,
    toSend: MessageToSend,
    limits: PartLimits,
    tried?: Tried,
  ): Promise<SentMessage> {
    const provider = this.providers.of(account);
    const plan = planMessage(toSend.message, provider, account, toSend.options);
    if ('reasons' in plan) {
      throw new UnsupportedMessageError(plan.reasons, { provider: account.provider, account: account.name });
    }
    const [only, second] = plan.parts;
    const parts =
      only && !second
        ? [await provider.send(only, account, { id: toSend.id, ...limits })]
        : await sendInParts(plan.parts, provider, account, limits);
    const whole = wholeOf(parts, plan.as, toSend.id);
    const sent = tried?.length ? { ...whole, tried } : whole;
    toSend.onAccepted?.();
    const kept = this.remember(toSend, sent, parts);
    if (kept) await kept;
    return sent;
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

async function sendInParts(
  parts: readonly OutgoingMessage[],
  provider: MessagingProvider,
  account: Account,
  limits: PartLimits,
): Promise<Accepted<unknown>[]> {
  const accepted: Accepted<unknown>[] = [];
  // The id is that of the whole, and what comes back for one part proves nothing of the rest.
  const ofPart = { ...limits, correlationId: undefined };
  try {
    for (const part of parts) accepted.push(await provider.send(part, account, ofPart));
  } catch (error) {
    throw accepted.length > 0 && error instanceof ButtonMessagingError ? sentInPart(error, account, accepted) : error;
  }
  return accepted;
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

/** A message of several parts has an id of its own, and goes by the last one, which holds the reply buttons. */
function wholeOf(accepted: readonly Accepted<unknown>[], as: CarriedAs, id: string): SentMessage {
  const parts = accepted.map(({ sent }) => sent);
  const last = parts.at(-1);
  if (last === undefined) throw new UnsupportedMessageError(['it has no parts']);
  if (as === 'buttons') return last;
  if (as === 'text') return { ...last, degraded: 'text' };
  const attempts = parts.reduce((sum, part) => sum + part.attempts, 0);
  return { ...last, id, attempts, degraded: 'split', parts };
}
