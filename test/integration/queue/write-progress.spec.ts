import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Acknowledgement } from '../../../lib/queue/engines/acknowledging-worker.js';
import { openEngine } from '../../../lib/queue/engines/open-engine.js';
import {
  type EngineQueue,
  type MessageJob,
  type MessageWorker,
  NOT_STARTED,
  type QueueEngine,
  REQUEST_STARTED,
} from '../../../lib/queue/engines/queue-engine.js';
import { settingsOf } from '../../../lib/queue/queue-settings.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

const ACKNOWLEDGEMENT: Acknowledgement = {
  signal: new AbortController().signal,
  onError: () => undefined,
  find: async () => undefined,
  resolve: async () => undefined,
};

const ACTIVE = 7;

interface ActiveJob {
  job: MessageJob;
  token: string;
}

describe.each(ENGINES)('QueueEngine.writeProgress and unmark on %s', (engineName) => {
  let place: Place;
  let engine: QueueEngine;
  let queue: EngineQueue<object>;
  let worker: MessageWorker;
  let release = () => {};
  const active: ActiveJob[] = [];
  beforeAll(async () => {
    place = await placeOn(engineName);
    engine = await openEngine(settingsOf({ engine: place.engine, name: place.name }));
    queue = engine.queue(place.name);
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const process = async (job: MessageJob, token = '') => {
      active.push({ job, token });
      await released;
      return { held: true } as const;
    };
    worker = engine.worker(place.name, process, ACTIVE, ACKNOWLEDGEMENT);
    await worker.waitUntilReady();
    void worker.run();
    for (let index = 0; index < ACTIVE; index += 1) await queue.add('message', {});
    await until(() => active.length === ACTIVE);
  });
  afterAll(async () => {
    release();
    await worker.close();
    await queue.close();
    await engine.close();
    await place.remove();
  });

  const write = ({ job, token }: ActiveJob, lockToken = token) =>
    engine.writeProgress({ queue: place.name, jobId: job.id ?? '', lockToken, progress: REQUEST_STARTED });
  const progressOf = async ({ job }: ActiveJob) => (await queue.getJob(job.id ?? ''))?.progress;
  const take = (): ActiveJob => {
    const taken = active.shift();
    if (!taken) throw new Error('None is active any more');
    return taken;
  };

  it('writes the progress of a job only with the token of its lock', async () => {
    const job = take();
    expect(await write(job, 'somebody else')).toBe(false);
    expect(await progressOf(job)).toBe(NOT_STARTED);
    expect(await write(job)).toBe(true);
    expect(await progressOf(job)).toBe(REQUEST_STARTED);
  });

  it('writes the progress of several jobs together, each by its own lock', async () => {
    const [own, foreign, swapped, also] = [take(), take(), take(), take()];
    const missing = { queue: place.name, jobId: 'none', lockToken: own.token, progress: REQUEST_STARTED } as const;
    const written = await Promise.all([
      write(own),
      write(foreign, 'somebody else'),
      write(swapped, own.token),
      engine.writeProgress(missing),
      write(also),
    ]);
    expect(written).toEqual([true, false, false, false, true]);
    const progress = await Promise.all([own, foreign, swapped, also].map(progressOf));
    expect(progress).toEqual([REQUEST_STARTED, NOT_STARTED, NOT_STARTED, REQUEST_STARTED]);
  });

  it('unmarks a job without its lock unless the job was started again', async () => {
    const marked = take();
    expect(await write(marked)).toBe(true);
    const { id = '', attemptsStarted } = marked.job;
    expect(await engine.jobs.unmark(place.name, id, attemptsStarted + 1)).toBe(false);
    expect(await progressOf(marked)).toBe(REQUEST_STARTED);
    expect(await engine.jobs.unmark(place.name, id, attemptsStarted)).toBe(true);
    expect(await progressOf(marked)).toBe(NOT_STARTED);
    // Other progress stays unchanged.
    await marked.job.updateProgress({ sent: 'known' });
    expect(await engine.jobs.unmark(place.name, id, attemptsStarted)).toBe(false);
  });

  it('does not write the progress of a job that is not active', async () => {
    const { id = '' } = await queue.add('message', {}, { delay: 600_000 });
    const waiting = { queue: place.name, jobId: id, lockToken: '', progress: REQUEST_STARTED } as const;
    expect(await engine.writeProgress(waiting)).toBe(false);
    expect((await queue.getJob(id))?.progress).toBe(NOT_STARTED);
  });
});
