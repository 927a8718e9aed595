import type { MessagePreview } from 'nestjs-button-messaging';
import type { QueuedMessage } from 'nestjs-button-messaging/queue';
import type { NamedFault, SimulatedProviderName } from 'nestjs-button-messaging/simulator';
import type { ComposerNews, PendingFault } from '../../../sample/04-playground/timeline.interface.js';
import { type Draft, draftBody } from '../draft/draft.js';
import type { AsJson } from './as-json.js';

/** What there is to choose from, and where the phones are. */
export interface Setting {
  readonly accounts: readonly { readonly name: string; readonly provider: SimulatedProviderName }[];
  readonly faults: readonly NamedFault[];
  /** The simulator's address. */
  readonly simulator: string;
}

export type Preview = AsJson<MessagePreview>;
export type HeldMessage = AsJson<QueuedMessage>;

/** The composer's own server, as its page sees it. Everything rejects where the server does not do as asked. */
export class ComposerClient {
  setting(): Promise<Setting> {
    return ask('GET', 'composer/setting');
  }

  /** What each account would send, and every fault. */
  preview(draft: Draft, signal: AbortSignal): Promise<Preview[]> {
    return ask('POST', 'composer/preview', draftBody(draft), signal);
  }

  /** Gives the timeline's id. */
  async send(draft: Draft): Promise<string> {
    const body = { ...draftBody(draft), by: draft.by };
    const { timeline } = await ask<{ timeline: string }>('POST', 'composer/messages', body);
    return timeline;
  }

  enqueueMany(draft: Draft, count: number): Promise<{ enqueued: number }> {
    return ask('POST', 'composer/queue/many', { ...draftBody(draft), count });
  }

  fail({ provider, fault, left: times }: PendingFault): Promise<void> {
    return tell('POST', 'composer/faults', { provider, fault, times });
  }

  heal(): Promise<void> {
    return tell('DELETE', 'composer/faults');
  }

  pause(): Promise<void> {
    return tell('POST', 'composer/queue/pause');
  }

  resume(): Promise<void> {
    return tell('POST', 'composer/queue/resume');
  }

  held(): Promise<HeldMessage[]> {
    return ask('GET', 'composer/queue/held');
  }

  release(id: string, how: 'resend' | 'discard'): Promise<void> {
    return tell('POST', `composer/queue/held/${encodeURIComponent(id)}`, { how });
  }

  /** Hears all that happens; the browser connects again by itself. Returns what ends it. */
  listen(hear: (news: AsJson<ComposerNews>) => void, connect: (isOpen: boolean) => void): () => void {
    const source = new EventSource('composer/news');
    source.addEventListener('open', () => connect(true));
    source.addEventListener('error', () => connect(false));
    source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
    return () => source.close();
  }
}

async function ask<Answer>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const response = await request(method, path, body, signal);
  const answer: Answer = await response.json();
  return answer;
}

async function tell(method: string, path: string, body?: object): Promise<void> {
  await request(method, path, body);
}

/** @throws Error in the server's words. */
async function request(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(await refusal(response));
  return response;
}

async function refusal(response: Response): Promise<string> {
  const problem: { detail?: unknown; message?: unknown } = await response.json().catch(() => ({}));
  return String(problem.detail ?? problem.message ?? response.statusText);
}
