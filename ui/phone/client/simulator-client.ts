import type { PhoneAction, PhoneActionResult } from '../../../lib/simulator/phones/phone-action.interface.js';
import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { PhoneNews } from '../../../lib/simulator/phones/phone-news.interface.js';

/** What a page hears from the simulator. */
export interface SimulatorListener {
  /** All that there is; comes first, and again whenever the connection was lost. */
  snapshot(news: PhoneNews): void;
  /** What is new since. */
  changes(news: PhoneNews): void;
  /** Whether the simulator can be heard. */
  connection(state: 'open' | 'lost'): void;
}

const RECONNECT_DELAY_MS = 1_000;

/**
 * The simulator as a page sees it.
 *
 * @example
 * const client = new SimulatorClient('http://127.0.0.1:4010');
 * const stop = client.listen(listener);
 * await client.act({ kind: 'press', messageId, button: 0 });
 */
export class SimulatorClient {
  /** @param root the simulator's address; by default the one that the page came from */
  constructor(private readonly root: string = window.location.origin) {}

  /** Hears what happens, and connects again where the simulator has gone. Returns what ends it. */
  listen(listener: SimulatorListener): () => void {
    let source: EventSource | undefined;
    let pause: number | undefined;
    const connect = (): void => {
      const opened = new EventSource(`${this.root}/phones/events`);
      source = opened;
      opened.addEventListener('snapshot', ({ data }) => {
        listener.connection('open');
        listener.snapshot(this.read(data));
      });
      opened.addEventListener('changes', ({ data }) => listener.changes(this.read(data)));
      opened.addEventListener('error', () => {
        listener.connection('lost');
        // The browser tries again by itself, but for some answers, after which it never does.
        if (opened.readyState === EventSource.CLOSED) pause = window.setTimeout(connect, RECONNECT_DELAY_MS);
      });
    };
    connect();
    return () => {
      window.clearTimeout(pause);
      source?.close();
    };
  }

  /** Does something on a phone. Says what came of it, also where the simulator cannot be reached. */
  async act(act: PhoneAction): Promise<PhoneActionResult> {
    try {
      const response = await fetch(`${this.root}/phones/acts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(act),
      });
      const answer: PhoneActionResult = await response.json();
      return answer;
    } catch (reason) {
      return { done: false, error: reason instanceof Error ? reason.message : String(reason) };
    }
  }

  private read(data: string): PhoneNews {
    const news: PhoneNews = JSON.parse(data);
    return { ...news, messages: news.messages.map((message) => this.withAddresses(message)) };
  }

  /** Media that the simulator keeps are at its address, wherever the page came from. */
  private withAddresses(message: PhoneMessage): PhoneMessage {
    const { header, cards } = message.content;
    const whole = (url: string): string => (url.startsWith('/') ? this.root + url : url);
    return {
      ...message,
      content: {
        ...message.content,
        ...(header && header.kind !== 'text' && header.url && { header: { ...header, url: whole(header.url) } }),
        ...(cards && { cards: cards.map((card) => ({ ...card, image: whole(card.image) })) }),
      },
    };
  }
}
