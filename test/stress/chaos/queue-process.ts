import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { ButtonMessage, ButtonMessagingOptions } from '../../../lib/index.js';
import type { ButtonMessagingQueueOptions, EnqueueOptions, QueuedMessageState } from '../../../lib/queue/index.js';

export interface QueueProcessSetup {
  queue: ButtonMessagingQueueOptions;
  messaging: ButtonMessagingOptions;
}

/** The error of a call that failed in the process. */
export class CallFailed extends Error {
  constructor(readonly thrown: { name: string; code?: string; outcome?: string; message: string }) {
    super(`${thrown.name}: ${thrown.message}`);
  }
}

type Told =
  | { event: string; id?: string }
  | { call: number; value?: unknown; error?: ConstructorParameters<typeof CallFailed>[0] };

/** Runs the queue in a separate process that can be killed and paused. */
export class QueueProcess {
  /** Resolves when the queue is open. Rejects if the process ended before. */
  readonly ready: Promise<void>;
  readonly ended: Promise<number | null>;
  private readonly answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private called = 0;

  /** @param onEvent Receives the events of the queue. */
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

  /** @param library The path of the compiled library. @param execArgv The Node.js options of the process. */
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

  /** Resolves to the number of messages that are still to be sent. */
  left(): Promise<number> {
    return this.call<number>('left');
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Suspends the process, as when a machine sleeps. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  continue(): void {
    this.child.kill('SIGCONT');
  }

  /** Closes the application and resolves to the exit code of the process. */
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
