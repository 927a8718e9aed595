import type { PhoneAction, PhoneActionResult } from '../../../lib/simulator/phones/phone-action.interface.js';
import type { PhoneHeader, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { PhoneNews } from '../../../lib/simulator/phones/phone-news.interface.js';

/** Receives the simulator's updates. */
export interface SimulatorListener {
  /** The whole state, at first and after each reconnection. */
  snapshot(news: PhoneNews): void;
  /** A change since then. */
  changes(news: PhoneNews): void;
  /** Whether the page is connected. */
  connection(state: 'open' | 'lost'): void;
}

const RECONNECT_DELAY_MS = 1_000;

/**
 * Calls the simulator from a page.
 *
 * @example
 * const client = new SimulatorClient('http://127.0.0.1:4010');
 * const stop = client.listen(listener);
 * await client.act({ kind: 'press', messageId, button: 0 });
 */
export class SimulatorClient {
  /** @param root The URL of the simulator. Default: the page's own. */
  constructor(private readonly root: string = window.location.origin) {}

  /** Subscribes to updates, reconnects if the connection is lost, and returns the function that unsubscribes. */
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
        // The browser reconnects, except after some responses.
        if (opened.readyState === EventSource.CLOSED) pause = window.setTimeout(connect, RECONNECT_DELAY_MS);
      });
    };
    connect();
    return () => {
      window.clearTimeout(pause);
      source?.close();
    };
  }

  /** Performs an action on a phone and returns its outcome, even if the simulator is unreachable. */
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

  /** Media of the simulator have its URL, not the page's. */
  private withAddresses(message: PhoneMessage): PhoneMessage {
    const { header, cards } = message.content;
    return {
      ...message,
      content: {
        ...message.content,
        ...(header && { header: this.withAddress(header) }),
        ...(cards && {
          cards: cards.map((card) => ({ ...card, ...(card.header && { header: this.withAddress(card.header) }) })),
        }),
      },
      answers: message.answers.map((answer) =>
        answer.content?.kind === 'medium'
          ? { ...answer, content: { ...answer.content, medium: this.withAddress(answer.content.medium) } }
          : answer,
      ),
    };
  }

  private withAddress<Header extends PhoneHeader>(header: Header): Header {
    if (header.kind === 'text' || !header.url?.startsWith('/')) return header;
    return { ...header, url: this.root + header.url };
  }
}
