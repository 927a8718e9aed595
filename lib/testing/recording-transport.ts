import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';
import type { ProviderCall } from '../adapters/provider.client.js';
import type { OutgoingMessage } from '../adapters/provider-adapter.interface.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { MessageStatus, ParsedEvent } from '../events/messaging-event.interface.js';
import { phoneDigits, recipientKind } from '../message/recipient-kind.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import { type Answered, pressOf, statusOf, textOf } from './answer-events.js';
import { acceptedAnswer, type KnownConversation, readAnswer } from './canned-answers.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** Which message somebody answers. */
export interface AnswerOptions {
  /** The last one to this recipient. Default: the last one of all that fits. */
  to?: string;
  /** This one, as `send` returned it or as it was recorded. */
  of?: SentMessage | RecordedMessage;
  /** When it happens. Default: now. */
  at?: Date;
  /** How long to wait for such a message where there is none yet, in milliseconds. Default: 1,000. */
  withinMs?: number;
}

/** What hears the answers. */
export interface AnswerListener {
  /**
   * Hands an event on, and resolves when whoever wanted it is done, or waits for another answer.
   *
   * @throws What a handler threw.
   */
  hear(event: ParsedEvent): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 1_000;

/**
 * Takes the place of the providers in tests: keeps what would be sent, fails on demand, and answers as people do.
 *
 * @example
 * const transport = module.get(RecordingTransport);
 * await service.askForConfirmation('5511999999999');
 * expect(transport.sent[0]?.message?.text).toContain('tomorrow');
 * await transport.press('confirm');
 */
export class RecordingTransport {
  private readonly recorded: RecordedMessage[] = [];
  private readonly failures: ButtonMessagingError[] = [];
  private readonly conversations: KnownConversation[] = [];
  private readonly observers = new Set<() => void>();
  private count = 0;
  private listener: AnswerListener | undefined;

  /** What would have been sent, in order. */
  get sent(): readonly RecordedMessage[] {
    return this.recorded;
  }

  /** The next request fails with this error, whatever it asks; given several times, those after it do too. */
  failNext(...errors: ButtonMessagingError[]): this {
    this.failures.push(...errors);
    return this;
  }

  /**
   * Lets Chatvolt have a conversation with a telephone number: for accounts with `lookUpConversations`, and for the
   * `from.phone` of its answers.
   */
  addConversation(phone: string, conversationId: string): this {
    this.conversations.push({ phone: phoneDigits(phone), conversationId });
    return this;
  }

  /** Forgets what was sent, and the failures that are still to come. */
  clear(): void {
    this.recorded.length = 0;
    this.failures.length = 0;
  }

  /**
   * The recipient presses a button, given by its id or its title; waits for a message that has it. Resolves when all
   * handlers are done, or wait for another answer by `ask`.
   *
   * @throws What a handler throws, so that an assertion in it fails the test; an AggregateError where several throw. What
   * a guard, pipe or interceptor of a handler throws counts as well.
   * @throws Error where no message has it.
   */
  async press(button: string, options: AnswerOptions = {}): Promise<void> {
    const message = await this.find(options, (candidate) => buttonOf(candidate, button) !== undefined, `"${button}"`);
    const offered = buttonOf(message, button);
    if (offered) await this.tell(pressOf(this.answered(message, options), offered));
  }

  /**
   * The recipient types a text: the title of a button or its number, or anything else. Resolves as `press` does.
   *
   * @throws As `press` does, and Error where there is no message to answer.
   */
  async type(text: string, options: AnswerOptions = {}): Promise<void> {
    const message = await this.find(options, () => true, 'to answer');
    await this.tell(textOf(this.answered(message, options), text));
  }

  /**
   * The provider tells what became of a message. Resolves as `press` does.
   *
   * @param options `reason`: of `failed`, in the provider's words; Chatvolt has none. Default: Z-API's refusal of the
   * buttons, or of the number if the message has none; the Cloud API's 131026. The late fallback goes out as it would.
   * @throws As `press` does, and Error where there is no message.
   */
  async deliver(status: MessageStatus, options: AnswerOptions & { reason?: string } = {}): Promise<void> {
    const message = await this.find(options, () => true, 'to deliver');
    await this.tell(statusOf(this.answered(message, options), status, options.reason));
  }

  /** @internal What a provider answers to a call. */
  answer(call: ProviderCall<unknown>): { answer?: unknown; messageId?: string } {
    const failure = this.failures.shift();
    if (failure) throw failure;
    const { account, outgoing } = call;
    if (!outgoing) return { answer: readAnswer(call, this.conversations) };
    this.count += 1;
    const messageId = `message-${this.count}`;
    const { path: endpoint, recipient, buttons, message } = outgoing;
    const body = bodyOf(call, outgoing);
    const { name, provider } = account;
    this.recorded.push({
      account: name,
      provider,
      endpoint,
      body,
      recipient,
      buttons,
      ...(message && { message }),
      messageId,
    });
    for (const observer of this.observers) observer();
    return { answer: acceptedAnswer(account, messageId, recipient), messageId };
  }

  /** @internal From now on answers go there. */
  use(listener: AnswerListener): void {
    this.listener = listener;
  }

  private answered(message: RecordedMessage, { at = new Date() }: AnswerOptions): Answered {
    return { message, at, conversations: this.conversations };
  }

  private async tell(event: ParsedEvent): Promise<void> {
    if (!this.listener) throw new Error('The recording transport is in no application.');
    await this.listener.hear(event);
  }

  /** The last message that fits, as soon as there is one and whoever sent it knows. */
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
      // Node's own, not the global one: a test may have stopped that.
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

/** The body as it would go out. */
function bodyOf(call: ProviderCall<unknown>, outgoing: OutgoingMessage): unknown {
  return 'attempt' in call ? outgoing.body : JSON.parse(call.request(call.requestBuilderFor()).body ?? 'null');
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
