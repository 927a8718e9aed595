import { timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  type ButtonMessage,
  type CustomEvent,
  type CustomMapping,
  type CustomMessage,
  type CustomProvider,
  RateLimitedError,
  type WebhookRequest,
} from '../../../lib/index.js';

export const WEBHOOK_KEY = 'let-me-in';

/** Keeps accepted messages in memory. Tests choose the result of the next request. */
export class InMemoryProvider implements CustomProvider {
  readonly name = 'in-memory';
  readonly accepted: CustomMessage[] = [];
  /** Number of requests, whatever their result. */
  asked = 0;
  private chat: string | undefined;
  private readonly next: ((circumstances: { signal: AbortSignal }) => Promise<void> | void)[] = [];

  map({ to, text, buttons }: ButtonMessage): CustomMapping {
    const replies = buttons.filter((button) => button.type === 'reply');
    if (replies.length < buttons.length) return { reasons: ['it has reply buttons only'] };
    const choices = replies.map(({ id, title }) => ({ id, title }));
    return { operation: 'choose', recipient: this.chat ?? phoneOf(to), body: { text, choices } };
  }

  mapText({ to }: ButtonMessage, text: string): CustomMapping {
    return { operation: 'say', recipient: phoneOf(to), body: { text } };
  }

  async send(message: CustomMessage, circumstances: { signal: AbortSignal }): Promise<{ messageId?: string }> {
    this.asked += 1;
    await this.next.shift()?.(circumstances);
    this.accepted.push(message);
    return { messageId: `memory-${this.accepted.length}` };
  }

  readonly webhook = {
    isAuthentic: ({ headers }: WebhookRequest): boolean => {
      const given = Buffer.from(String(headers['x-key'] ?? '').padEnd(WEBHOOK_KEY.length));
      const wanted = Buffer.from(WEBHOOK_KEY);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
    parse: (body: unknown): CustomEvent[] => {
      const { press, of, by, typed, in: chat } = Object(body);
      if (typeof typed === 'string') {
        const from = { conversation: String(chat) };
        return [{ kind: 'text-message', text: typed, from, messageId: `typed-${typed}`, at: new Date(), raw: body }];
      }
      if (typeof press !== 'string') return [];
      const button = { id: press, title: '' };
      const answer = { from: { phone: String(by) }, messageId: `answer-${press}`, at: new Date(), raw: body };
      return [{ kind: 'button-reply', button, inReplyTo: String(of), ...answer }];
    },
  };

  /** Sends all further messages to this chat. */
  nameChats(chat: string): void {
    this.chat = chat;
  }

  limitNext(): void {
    this.next.push(() => {
      throw new RateLimitedError('too much at once', {});
    });
  }

  failNext(error: Error): void {
    this.next.push(() => {
      throw error;
    });
  }

  /** Accepts the next request when the promise resolves. */
  holdNext(until: Promise<void>): void {
    this.next.push(() => until);
  }

  silenceNext(): void {
    this.next.push(async ({ signal }) => {
      await once(signal, 'abort');
      throw signal.reason;
    });
  }
}

function phoneOf(to: ButtonMessage['to']): string {
  if (typeof to === 'string') return to.replace(/\D/g, '');
  return Object.values(to).join('');
}
