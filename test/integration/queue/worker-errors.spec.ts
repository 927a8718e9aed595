import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WorkerTrouble } from '../../../lib/queue/worker-trouble.js';
import { untyped } from '../../support/button-messages.js';

describe('WorkerTrouble', () => {
  const lines: string[] = [];
  let answers: boolean;
  let trouble: WorkerTrouble;
  beforeEach(() => {
    jest.useFakeTimers();
    lines.splice(0);
    answers = true;
    const connection = {
      run: (work: () => Promise<unknown>) => work(),
      unavailable: (error: Error) => error,
      engine: { ping: () => (answers ? Promise.resolve() : Promise.reject(new Error('nobody answers'))) },
    };
    const logger = { debug: () => undefined, warn: (line: string) => lines.push(line) };
    trouble = new WorkerTrouble(untyped(connection), { logger: untyped(logger) });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('reports an error as long as the worker meets it again', async () => {
    for (let times = 0; times < 5; times += 1) {
      trouble.report(new Error('the connection was lost'));
      jest.advanceTimersByTime(5_000);
      expect(await trouble.find()).toBe('the connection was lost');
    }
    expect(lines).toHaveLength(1);
  });

  it('reports nothing once the engine responds and an idle worker meets no error', async () => {
    trouble.report(new Error('the connection was lost'));
    jest.advanceTimersByTime(7_000);
    expect(await trouble.find()).toBeUndefined();
  });

  it('reports an error while the engine does not respond', async () => {
    trouble.report(new Error('the connection was lost'));
    answers = false;
    jest.advanceTimersByTime(60_000);
    expect(await trouble.find()).toBe('nobody answers');
  });

  it('reports nothing once the worker has succeeded', async () => {
    trouble.report(new Error('the connection was lost'));
    trouble.clear();
    expect(await trouble.find()).toBeUndefined();
  });
});
