import { setMaxListeners } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import type { Repetition } from './engines/retry-until-written.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { Semaphore } from './semaphore.js';
import { WorkerTrouble } from './worker-trouble.js';

/** The token of `MessageProcessor`. Its class cannot be the token, because its file imports BullMQ. */
export const MESSAGE_PROCESSOR = Symbol('MESSAGE_PROCESSOR');

/** Holds what the worker and its processor share: send slots, and the signals that end their work. */
@Injectable()
export class WorkerContext {
  readonly slots: Semaphore;
  /** Aborts sends that take too long when the application closes. */
  readonly cutOff = new AbortController();
  /** Ends the repetition of writes. */
  readonly abandoned = new AbortController();
  /** How a write of the worker is repeated until it succeeds. */
  readonly repetition: Repetition;
  /** Called when the number of jobs changes that the worker may fetch because others are slow. */
  onExtraJobs: (extra: number) => void = () => undefined;

  constructor(@Inject(QUEUE_SETTINGS) { concurrency }: QueueSettings, trouble: WorkerTrouble) {
    // Each job that waits adds a listener.
    setMaxListeners(0, this.cutOff.signal, this.abandoned.signal);
    this.slots = new Semaphore(concurrency, (extra) => this.onExtraJobs(extra));
    this.repetition = { signal: this.abandoned.signal, onError: (error) => trouble.report(error) };
  }
}
