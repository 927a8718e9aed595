import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { RecordedRequest } from '../server/recorded-request.interface.js';
import type { SimulatorEvent } from '../simulator-event.interface.js';
import type { WebhookOutcome } from './phone-message.interface.js';
import type { PhoneActivity, WebhookSubject } from './phone-news.interface.js';
import { replyText } from './phone-reply.js';
import { rejectionText } from './rejection-text.js';

type WebhookEvent = Extract<SimulatorEvent, { kind: 'webhook' }>;
type UncountedActivity = PhoneActivity extends infer Each ? (Each extends unknown ? Omit<Each, 'id'> : never) : never;

/** Stores the latest `keep` activities between simulator and application, oldest first. */
export class PhoneActivities {
  private kept: PhoneActivity[] = [];
  private last = 0;

  constructor(private readonly keep: number) {}

  list(): readonly PhoneActivity[] {
    return this.kept;
  }

  /** Adds a webhook. @param message The message of the webhook, if it is still stored. */
  addWebhook(event: WebhookEvent, message: AcceptedMessage | undefined, address: string | undefined): PhoneActivity {
    const { provider, at } = event;
    return this.add({
      kind: 'webhook',
      at: at.toISOString(),
      provider,
      ...(address !== undefined && { address }),
      subject: subjectOf(event, message),
      outcome: outcomeOf(event),
    });
  }

  addRefusal(request: RecordedRequest, at: Date): PhoneActivity {
    const { provider, method, path, answer } = request;
    const words = rejectionText(answer?.body ?? '');
    const status = answer ? { status: answer.status } : {};
    return this.add({ kind: 'refused', at: at.toISOString(), provider, method, path, ...status, words });
  }

  private add(activity: UncountedActivity): PhoneActivity {
    this.last += 1;
    const counted: PhoneActivity = { id: this.last, ...activity };
    this.kept = [...this.kept.slice(1 - this.keep), counted];
    return counted;
  }
}

/** Returns the outcome of a webhook. */
export function outcomeOf({ url, status, error }: WebhookEvent): WebhookOutcome {
  return { url, ...(status !== undefined && { status }), ...(error !== undefined && { error }) };
}

function subjectOf({ news }: WebhookEvent, message: AcceptedMessage | undefined): WebhookSubject {
  if (!news) return { kind: 'verification' };
  if (news.status) return { kind: 'status', status: news.status };
  if (news.other !== undefined) return { kind: 'text', text: news.other };
  const answer = message?.answers[news.answer ?? -1];
  if (answer?.kind === 'press') return { kind: 'press', text: answer.button.title };
  if (answer?.kind === 'content') return { kind: 'text', text: replyText(answer.content) || answer.content.type };
  return { kind: 'text', text: answer?.text ?? '' };
}
