import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { ButtonMessage, ButtonMessagingOptions } from '../../../lib/index.js';
import type { ButtonMessagingQueueOptions, EnqueueOptions, QueuedMessageState } from '../../../lib/queue/index.js';

export interface QueueProcessSetup {
  queue: ButtonMessagingQueueOptions;
  messaging: ButtonMessagingOptions;
}

/** What the process said of a call that failed there. */
export class CallFailed extends Error {
  constructor(readonly thrown: { name: string; code?: string; outcome?: string; message: string }) {
    super(`${thrown.name}: ${thrown.message}`);
  }
}

type Told =
  | { event: string; id?: string }
  | { call: number; value?: unknown; error?: ConstructorParameters<typeof CallFailed>[0] };

/** The queue in a process of its own, to be killed, paused and asked. */
export class QueueProcess {
  /** Resolves once the queue is open; rejects where the process ended before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<number | null>;
  private readonly answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private called = 0;

  /** @param onEvent what happens there to which message. */
  private constructor(
    private readonly child: ChildProcess,
    onEvent: (event: string, id: string) => void,
  ) {
    this.ended = once(child, 'exit').then(() => child.exitCode);
    this.ready = new Promise((open, fail) => {
      child.on('message', (told: Told) => {
        if ('call' in told) this.answer(told);
        else if (told.event === 'ready') open();
        else onEvent(told.event, told.id ?? '');
      });
      void this.ended.then(() => fail(new Error('The process ended before the queue was open')));
    });
    this.ready.catch(() => undefined);
    void this.ended.then(() => {
      for (const { reject } of this.answers.values()) reject(new Error('The process ended before it answered'));
    });
  }

  /** @param library where the compiled library is. @param execArgv of Node, for the process. */
  static start(
    library: string,
    setup: QueueProcessSetup,
    onEvent: (event: string, id: string) => void = () => undefined,
    execArgv: string[] = [],
  ): QueueProcess {
    const program = resolve('test/stress/chaos/queue-program.mjs');
    const child = fork(program, [library, JSON.stringify(setup)], { execArgv, stdio: 'inherit' });
    return new QueueProcess(child, onEvent);
  }

  enqueue(message: ButtonMessage, options: EnqueueOptions = {}): Promise<string> {
    return this.call<string>('enqueue', message, options);
  }

  find(id: string): Promise<QueuedMessageState | undefined> {
    return this.call<QueuedMessageState | undefined>('find', id);
  }

  /** How many messages are still to be sent. */
  left(): Promise<number> {
    return this.call<number>('left');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Stops its clock, as a machine that is put to sleep does. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  continue(): void {
    this.child.kill('SIGCONT');
  }

  /** Closes the application, and gives the code with which the process then ended by itself. */
  async close(): Promise<number | null> {
    await this.call('close');
    return this.ended;
  }

  private call<T>(name: string, ...values: unknown[]): Promise<T> {
    this.called += 1;
    const call = this.called;
    return new Promise((resolve, reject) => {
      this.answers.set(call, { resolve: (value) => resolve(value as T), reject });
      if (this.child.connected) this.child.send({ call, name, values }, (error) => error && reject(error));
      else reject(new Error('The process has ended'));
    });
  }

  private answer({ call, value, error }: Extract<Told, { call: number }>): void {
    const waiting = this.answers.get(call);
    this.answers.delete(call);
    if (error) waiting?.reject(new CallFailed(error));
    else waiting?.resolve(value);
  }
}
