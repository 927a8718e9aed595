import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import type { HttpProviderCall, ProviderCall } from '../adapters/provider.client.js';
import type { OutgoingMessage } from '../adapters/provider-adapter.interface.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { InboundMedia, MessageStatus, ParsedEvent } from '../events/messaging-event.interface.js';
import { phoneDigits, recipientKind } from '../message/recipient-kind.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import { type KnownConversation, pressOf, type SimulatedReply, statusOf, textOf } from './answer-events.js';
import { type RecordedFile, RecordedFiles } from './recorded-files.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** Selects the message that a simulated reply belongs to. @publicApi */
export interface AnswerOptions {
  /** Only messages to this recipient. @default the last matching message */
  to?: string;
  /** This message, as `send` returned it or as it was recorded. */
  of?: SentMessage | RecordedMessage;
  /** The time of the event. @default now */
  at?: Date;
  /** How long to wait for a matching message, in milliseconds. @default 1000 */
  withinMs?: number;
}

/** Receives simulated replies. */
export interface AnswerListener {
  /**
   * Dispatches an event. Resolves when its handlers are done, or wait for another reply.
   *
   * @throws What a handler throws.
   */
  dispatch(event: ParsedEvent): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 1_000;

/**
 * Replaces the providers in tests: records messages, fails on demand, and simulates replies.
 *
 * @example
 * const transport = module.get(RecordingTransport);
 * await service.askForConfirmation('5511999999999');
 * expect(transport.sent[0]?.message?.text).toContain('tomorrow');
 * await transport.press('confirm');
 *
 * @publicApi
 */
export class RecordingTransport {
  private readonly recorded: RecordedMessage[] = [];
  private readonly failures: ButtonMessagingError[] = [];
  private readonly conversations: KnownConversation[] = [];
  private readonly files = new RecordedFiles();
  private readonly observers = new Set<() => void>();
  private count = 0;
  private listener: AnswerListener | undefined;

  /** The messages that would have been sent, in order. */
  get sent(): readonly RecordedMessage[] {
    return this.recorded;
  }

  /** Makes the next request fail with this error. Several errors apply to the following requests. */
  failNext(...errors: ButtonMessagingError[]): this {
    this.failures.push(...errors);
    return this;
  }

  /**
   * Adds a conversation with a phone number to Chatvolt, for accounts with `lookUpConversations` and for the
   * `from.phone` of replies.
   */
  addConversation(phone: string, conversationId: string): this {
    this.conversations.push({ phone: phoneDigits(phone), conversationId });
    return this;
  }

  /**
   * Adds a file that `ButtonMessagingMedia` downloads. Other files are empty.
   *
   * @param idOrUrl `media.id` or `media.url` of the event.
   */
  addFile(idOrUrl: string, file: RecordedFile): this {
    this.files.add(idOrUrl, file);
    return this;
  }

  /** Removes the recorded messages and planned failures. */
  clear(): void {
    this.recorded.length = 0;
    this.failures.length = 0;
  }

  /**
   * Simulates the press of a button, by its ID or title. Waits for a message that has it. Resolves when all handlers
   * are done, or wait for another reply in `ask`.
   *
   * @throws What a handler, guard, pipe or interceptor throws, so that failed assertions fail the test. An
   * AggregateError if several throw.
   * @throws Error if no message has the button.
   */
  async press(button: string, options: AnswerOptions = {}): Promise<void> {
    const message = await this.find(options, (candidate) => buttonOf(candidate, button) !== undefined, `"${button}"`);
    const offered = buttonOf(message, button);
    if (offered) await this.dispatch(pressOf(this.replyTo(message, options), offered));
  }

  /**
   * Simulates a text from the recipient: the title or number of a button, or anything else. Resolves like `press`.
   *
   * @throws Like `press`. Error if no message was sent.
   */
  async type(text: string, options: AnswerOptions = {}): Promise<void> {
    const message = await this.find(options, () => true, 'to answer');
    await this.dispatch(textOf(this.replyTo(message, options), text));
  }

  /**
   * Simulates a status of a message. Resolves like `press`. The late fallback is sent as usual.
   *
   * @param options `reason`: the provider's text of a failure, which Chatvolt does not have. By default, Z-API rejects
   * the buttons, or the phone number if there are none, and the Cloud API reports 131026.
   * @throws Like `press`. Error if no message was sent.
   */
  async deliver(status: MessageStatus, options: AnswerOptions & { reason?: string } = {}): Promise<void> {
    const message = await this.find(options, () => true, 'to deliver');
    await this.dispatch(statusOf(this.replyTo(message, options), status, options.reason));
  }

  /** Records the message of a request, and returns the response of its provider. @internal */
  answer(call: ProviderCall<unknown>): { answer?: unknown; messageId?: string } {
    const failure = this.failures.shift();
    if (failure) throw failure;
    const messageId = call.outgoing && this.record(call, call.outgoing);
    return {
      ...(messageId !== undefined && { messageId }),
      ...(!('attempt' in call) && { answer: this.sampleResponse(call, messageId ?? '') }),
    };
  }

  /** Returns a file of a message. @internal */
  file(media: InboundMedia): RecordedFile {
    const failure = this.failures.shift();
    if (failure) throw failure;
    return this.files.find(media);
  }

  /** Sets the receiver of simulated replies. @internal */
  use(listener: AnswerListener): void {
    this.listener = listener;
  }

  private sampleResponse(call: HttpProviderCall<unknown>, messageId: string): unknown {
    if (call.account.provider !== 'chatvolt' || call.operation !== 'conversation') return call.sampleBody(messageId);
    return this.conversations.map(({ phone, conversationId }) => ({ id: conversationId, channelExternalId: phone }));
  }

  private record(call: ProviderCall<unknown>, outgoing: OutgoingMessage): string {
    this.count += 1;
    const messageId = `message-${this.count}`;
    const { path: endpoint, recipient, buttons, message } = outgoing;
    const { name: account, provider } = call.account;
    const body = bodyOf(call, outgoing);
    this.recorded.push({
      account,
      provider,
      endpoint,
      body,
      recipient,
      buttons,
      ...(message && { message }),
      messageId,
    });
    for (const observer of this.observers) observer();
    return messageId;
  }

  private replyTo(message: RecordedMessage, { at = new Date() }: AnswerOptions): SimulatedReply {
    return { message, at, conversations: this.conversations };
  }

  private async dispatch(event: ParsedEvent): Promise<void> {
    if (!this.listener) throw new Error('The recording transport is not part of an application');
    await this.listener.dispatch(event);
  }

  /** Waits for the last matching message, until its sender has the result. */
  private async find(
    options: AnswerOptions,
    fits: (message: RecordedMessage) => boolean,
    what: string,
  ): Promise<RecordedMessage> {
    const matches = (message: RecordedMessage) => isMeant(message, options) && fits(message);
    const message = await new Promise<RecordedMessage>((resolve, reject) => {
      const look = () => {
        const found = this.recorded.findLast(matches);
        if (!found) return false;
        this.observers.delete(look);
        clearTimeout(timer);
        resolve(found);
        return true;
      };
      const giveUp = () => {
        this.observers.delete(look);
        reject(new Error(`No message ${what} was sent. ${this.summary()}`));
      };
      // Node's own timer, because a test may have replaced the global one.
      const timer = setTimeout(giveUp, options.withinMs ?? DEFAULT_TIMEOUT_MS);
      if (!look()) this.observers.add(look);
    });
    await setImmediate();
    return message;
  }

  private summary(): string {
    if (this.recorded.length === 0) return 'Nothing was sent.';
    const lines = this.recorded.map(({ endpoint, recipient, buttons }) => {
      const offered = buttons.map(({ id, title }) => id || title).join(', ');
      return `${endpoint} to ${recipient}${offered === '' ? '' : `, with ${offered}`}`;
    });
    return `Sent: ${lines.join('; ')}.`;
  }
}

/** Returns the parsed body of the request. */
function bodyOf(call: ProviderCall<unknown>, outgoing: OutgoingMessage): unknown {
  return 'attempt' in call ? outgoing.body : JSON.parse(String(call.request(call.requestBuilderFor()).body ?? 'null'));
}

function isMeant(message: RecordedMessage, { to, of }: AnswerOptions): boolean {
  if (to !== undefined && message.recipient !== addressOf(to)) return false;
  if (of === undefined) return true;
  const ids = [of, ...('parts' in of ? (of.parts ?? []) : [])].map(({ messageId }) => messageId);
  return message.account === of.account && ids.includes(message.messageId);
}

function addressOf(to: string): string {
  return recipientKind(to) === 'phone' ? phoneDigits(to) : to;
}

function buttonOf({ buttons }: RecordedMessage, wanted: string): OfferedButton | undefined {
  const offered = buttons.filter(({ link }) => !link);
  return offered.find(({ id }) => id === wanted) ?? offered.find(({ title }) => title === wanted);
}
