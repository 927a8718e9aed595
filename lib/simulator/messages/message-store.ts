import type { Subject } from 'rxjs';
import { deepFrozen } from '../json.js';
import type { MessageDraft, ReadMark } from '../provider-simulation.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { SimulatorEvent } from '../simulator-event.interface.js';
import type { AcceptedMessage, RecipientAnswer } from './accepted-message.interface.js';

/** How long a recipient sees that an account is typing, unless a message ends it. */
const TYPING_MS = 25_000;

/** Stores up to `keep` accepted messages, oldest first, and counts all of them. */
export class MessageStore {
  private readonly kept = new Map<string, AcceptedMessage>();
  private readonly counts: Record<SimulatedProviderName, number> = { 'z-api': 0, chatvolt: 0, 'whatsapp-cloud': 0 };

  constructor(
    private readonly keep: number,
    private readonly events: Subject<SimulatorEvent>,
  ) {}

  accept(draft: MessageDraft, requestId: number): AcceptedMessage {
    const receivedAt = new Date();
    const message = deepFrozen<AcceptedMessage>({ ...draft, requestId, receivedAt, status: 'accepted', answers: [] });
    this.counts[message.provider] += 1;
    this.kept.set(message.id, message);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.keep) break;
      this.kept.delete(oldest);
    }
    this.events.next({ kind: 'accepted', at: receivedAt, message });
    return message;
  }

  get(id: string): AcceptedMessage | undefined {
    return this.kept.get(id);
  }

  /** Returns a stored message. @throws Error if it does not exist. */
  find(id: string): AcceptedMessage {
    const message = this.kept.get(id);
    if (!message) throw new Error(`The simulator has no message "${id}" (it stores the last ${this.keep})`);
    return message;
  }

  /**
   * Marks a reply as read, and all earlier ones of the same conversation, like WhatsApp does. Other IDs have no reply
   * here.
   */
  markRead({ account, messageId, isTyping }: ReadMark): void {
    const ofAccount = this.list().filter((message) => message.account === account);
    const read = ofAccount
      .flatMap((message) => message.answers.map((answer) => ({ message, answer })))
      .find(({ answer }) => answer.id === messageId);
    if (!read) return;
    const readAt = new Date();
    const mark = (answer: RecipientAnswer) =>
      answer.readAt || answer.at > read.answer.at ? answer : { ...answer, readAt };
    for (const { id, answers } of ofAccount.filter(({ to }) => to === read.message.to)) {
      if (answers.some((answer) => mark(answer) !== answer)) this.change(id, { answers: answers.map(mark) });
    }
    if (isTyping) this.change(read.message.id, { typingUntil: new Date(readAt.getTime() + TYPING_MS) });
  }

  change(id: string, change: Partial<Pick<AcceptedMessage, 'status' | 'failure' | 'answers' | 'typingUntil'>>): void {
    const message = deepFrozen<AcceptedMessage>({ ...this.find(id), ...change });
    this.kept.set(id, message);
    this.events.next({ kind: 'changed', at: new Date(), message });
  }

  list(): AcceptedMessage[] {
    return [...this.kept.values()];
  }

  accepted(): Record<SimulatedProviderName, number> {
    return { ...this.counts };
  }
}
