import type { MessagePreview } from 'nestjs-button-messaging';
import type { QueuedMessage } from 'nestjs-button-messaging/queue';
import type { NamedFault, SimulatedProviderName } from 'nestjs-button-messaging/simulator';
import type { PendingFault, PlaygroundNews } from '../../../sample/04-playground/src/timelines/timeline.interface.js';
import type { Draft } from '../draft/draft.js';
import { messageOf } from '../draft/message-of-draft.js';
import { optionsOf } from '../draft/options-of-draft.js';
import type { AsJson } from './as-json.js';

/** The accounts and faults to choose from, and the URL of the simulator. */
export interface Setting {
  readonly accounts: readonly { readonly name: string; readonly provider: SimulatedProviderName }[];
  readonly faults: readonly NamedFault[];
  /** The URL of the simulator. */
  readonly simulator: string;
}

export type Preview = AsJson<MessagePreview>;
export type HeldMessage = AsJson<QueuedMessage>;

/** Calls the playground's server. Every method rejects if the server responds with an error. */
export class PlaygroundClient {
  setting(): Promise<Setting> {
    return ask('GET', 'playground/setting');
  }

  /** Returns what each account would send, and every issue. */
  preview(draft: Draft, quoted: string | undefined, signal: AbortSignal): Promise<Preview[]> {
    return ask('POST', 'playground/preview', bodyOf(draft, quoted), signal);
  }

  /** Returns the ID of the timeline. */
  async send(draft: Draft, quoted: string | undefined): Promise<string> {
    const body = { ...bodyOf(draft, quoted), by: draft.by };
    const { timeline } = await ask<{ timeline: string }>('POST', 'playground/messages', body);
    return timeline;
  }

  /** Quotes nothing, because the recipients are others. */
  enqueueMany(draft: Draft, count: number): Promise<{ enqueued: number }> {
    return ask('POST', 'playground/queue/many', { ...bodyOf(draft, undefined), count });
  }

  fail({ provider, fault, left: times }: PendingFault): Promise<void> {
    return command('POST', 'playground/faults', { provider, fault, times });
  }

  heal(): Promise<void> {
    return command('DELETE', 'playground/faults');
  }

  pause(): Promise<void> {
    return command('POST', 'playground/queue/pause');
  }

  resume(): Promise<void> {
    return command('POST', 'playground/queue/resume');
  }

  held(): Promise<HeldMessage[]> {
    return ask('GET', 'playground/queue/held');
  }

  release(id: string, how: 'resend' | 'discard'): Promise<void> {
    return command('POST', `playground/queue/held/${encodeURIComponent(id)}`, { how });
  }

  /** Subscribes to updates and returns the function that unsubscribes. The browser reconnects automatically. */
  listen(hear: (news: AsJson<PlaygroundNews>) => void, connect: (isOpen: boolean) => void): () => void {
    const source = new EventSource('playground/news');
    source.addEventListener('open', () => connect(true));
    source.addEventListener('error', () => connect(false));
    source.addEventListener('message', ({ data }) => hear(JSON.parse(data)));
    return () => source.close();
  }
}

function bodyOf(draft: Draft, quoted: string | undefined) {
  return { message: messageOf(draft), ...optionsOf(draft, quoted) };
}

async function ask<Answer>(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Answer> {
  const response = await request(method, path, body, signal);
  const answer: Answer = await response.json();
  return answer;
}

async function command(method: string, path: string, body?: object): Promise<void> {
  await request(method, path, body);
}

/** @throws Error with the server's message. */
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
