import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import type { Accepted, OutgoingMessage, ProviderAdapter, SendLimits } from '../adapters/provider-adapter.interface.js';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessageRecorder } from '../adapters/sent-message.recorder.js';
import type { Account } from '../config/accounts/account.js';
import { isAccountFault } from '../errors/account-fault.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { UnsupportedMessageError } from '../errors/message.errors.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { fieldsOf } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { type MessageForm, type PlanOptions, planMessage } from './message-plan.js';

/** An account that may send; one of several is looked up when its turn comes, as its row may be faulty. */
export type Candidate = { name: string } & ({ account: Account } | { find(): Promise<Account> });

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
@Injectable()
export class MessageSender {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly sentMessages: SentMessageRecorder,
    private readonly flights: SendsInFlight,
    private readonly logger: MessagingLogger,
  ) {}

  /** Goes on to the next account while nothing was sent for a reason of the account's; the last error is thrown. */
  send(toSend: MessageToSend, candidates: readonly Candidate[], limits: PartLimits): Promise<SentMessage> {
    const [first, second] = candidates;
    return first && !second && 'account' in first
      ? this.sendBy(first.account, toSend, limits)
      : this.sendByTurns(candidates, toSend, limits);
  }

  private async sendByTurns(
    candidates: readonly Candidate[],
    toSend: MessageToSend,
    limits: PartLimits,
  ): Promise<SentMessage> {
    const tried: Tried = [];
    for (const [index, candidate] of candidates.entries()) {
      try {
        const account = 'account' in candidate ? candidate.account : await candidate.find();
        return await this.sendBy(account, toSend, limits, tried);
      } catch (error) {
        const next = candidates[index + 1];
        if (!(error instanceof ButtonMessagingError) || !isAccountFault(error) || !next) throw error;
        tried.push({ account: candidate.name, code: error.code });
        this.logger.warn(
          `Account ${candidate.name} did not send a message (${error.code}); ${next.name} is tried next.`,
          { ...fieldsOf(error), account: candidate.name },
        );
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
    const flight = this.flights.open(account.name, toSend.message.to);
    try {
      const parts = await this.sendParts(plan.parts, provider, account, toSend, { ...limits, flight });
      const whole = mergeParts(parts, plan.as, toSend.id);
      const sent = tried?.length ? { ...whole, tried } : whole;
      toSend.onAccepted?.();
      const kept = this.remember(toSend, sent, parts);
      if (kept) await kept;
      return sent;
    } finally {
      flight.end();
    }
  }

  private async sendParts(
    parts: readonly OutgoingMessage[],
    provider: ProviderAdapter,
    account: Account,
    toSend: MessageToSend,
    limits: PartLimits,
  ): Promise<Accepted<unknown>[]> {
    const accepted: Accepted<unknown>[] = [];
    // The id is that of the whole. What comes back for one part proves nothing of the rest.
    const partLimits = parts.length === 1 ? { id: toSend.id, ...limits } : { ...limits, correlationId: undefined };
    for (const part of parts) {
      try {
        accepted.push(await provider.send(part, account, partLimits));
      } catch (error) {
        if (!(error instanceof ButtonMessagingError)) throw error;
        const whole = accepted.length > 0 ? partialSendError(error, account, accepted) : error;
        if (whole instanceof UnknownOutcomeError) whole.id = toSend.id;
        if (accepted.length > 0) await this.remember(toSend, mergeParts(accepted, 'split', toSend.id), accepted);
        const { id, asked } = toSend;
        if (error.outcome === 'unknown')
          await this.sentMessages.rememberUnknown({ id, asked, account, outgoing: part });
        throw whole;
      }
    }
    return accepted;
  }

  private remember({ message, options, asked }: MessageToSend, sent: SentMessage, parts: Accepted<unknown>[]) {
    return this.sentMessages.remember({
      sent,
      parts,
      asked,
      lateFallback: options.lateFallback === 'text' && sent.degraded !== 'text' ? message : undefined,
    });
  }
}

/** The error of a part, where those before it were accepted. */
function partialSendError(
  { message, status, providerCode, providerMessage, retryAfterMs, category }: ButtonMessagingError,
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
    category,
    parts: accepted.map(({ sent }) => sent),
  });
}

/** A message of several parts has an id of its own, and goes by the last one, which holds the reply buttons. */
function mergeParts(accepted: readonly Accepted<unknown>[], as: MessageForm, id: string): SentMessage {
  const parts = accepted.map(({ sent }) => sent);
  const last = parts.at(-1);
  if (last === undefined) throw new UnsupportedMessageError(['it has no parts']);
  if (as === 'buttons') return last;
  if (as === 'text') return { ...last, degraded: 'text' };
  const attempts = parts.reduce((sum, part) => sum + part.attempts, 0);
  return { ...last, id, attempts, degraded: 'split', parts };
}
