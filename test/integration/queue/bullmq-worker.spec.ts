import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BackendFactory,
  createRedisBackend,
  DEFAULT_SCHEMA,
  DelayedError,
  ErrorCode,
  type Job,
  PRIORITY_LIMIT,
  Queue,
  type RedisQueueBackend,
  type Span,
  Worker,
} from 'bullmq';
import { bullmqVersion, checkBullmqVersion } from '../../../lib/queue/engines/bullmq-internals/check-version.js';
import {
  KNOWN_VERSION,
  LOST_JOB_CODES,
  LOWEST_PRIORITY,
  NOT_RETRIED_CODES,
  SEARCH_PATH,
} from '../../../lib/queue/engines/bullmq-internals/constants.js';
import { SERVERS } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { until } from '../../support/time.js';
import { REDIS_URL } from './stores/services.js';

const connection = { url: REDIS_URL };
const BLOCKED_SECONDS = 0.25;

interface Call {
  member: 'handleCompleted' | 'handleFailed';
  id: string | undefined;
  /** The first argument: the result or the error message. */
  end: unknown;
  token: string;
  fetchesNext: unknown;
  /** Whether the worker was still tracking the lock of the job. */
  isTracked: boolean;
}

/** Records how the BullMQ worker calls the overridden methods. */
class WatchedWorker extends Worker<unknown, string, string> {
  readonly calls: Call[] = [];

  protected override handleCompleted(
    end: string,
    job: Job<unknown, string, string>,
    token: string,
    fetchNext?: () => boolean,
    span?: Span,
  ) {
    this.note('handleCompleted', end, job, token, fetchNext);
    return super.handleCompleted(end, job, token, fetchNext, span);
  }

  /** Leaves a job that fails with "leave" active, with its lock tracked. */
  protected override handleFailed(
    error: Error,
    job: Job<unknown, string, string>,
    token: string,
    fetchNext?: () => boolean,
    span?: Span,
  ) {
    this.note('handleFailed', error.message, job, token, fetchNext);
    if (error.message !== 'leave') return super.handleFailed(error, job, token, fetchNext, span);
    this.lockManager.trackJob(job.id ?? '', token, Date.now());
    return super.handleFailed(new DelayedError(), job, token, fetchNext);
  }

  tracks(id: string): boolean {
    return this.lockManager.getTrackedJobIds().includes(id);
  }

  private note(member: Call['member'], end: unknown, job: Job, token: string, fetchNext?: () => boolean): void {
    const id = job.id ?? '';
    this.calls.push({ member, id, end, token, fetchesNext: fetchNext?.(), isTracked: this.tracks(id) });
  }
}

/** Records the backend methods that the worker calls and our worker overrides. */
function watchedBackend(calls: { member: string; given: unknown[] }[]): BackendFactory<RedisQueueBackend> {
  return (name, options, behaviour) => {
    const backend = createRedisBackend(name, options, behaviour);
    const { moveToActive, waitForJob, disconnectBlocking } = backend;
    backend.moveToActive = (...given) => {
      calls.push({ member: 'moveToActive', given });
      return moveToActive.apply(backend, given);
    };
    backend.waitForJob = (...given) => {
      calls.push({ member: 'waitForJob', given });
      return waitForJob.apply(backend, given);
    };
    backend.disconnectBlocking = (...given) => {
      calls.push({ member: 'disconnectBlocking', given });
      return disconnectBlocking.apply(backend, given);
    };
    Object.defineProperty(backend, 'maximumBlockTimeout', { value: BLOCKED_SECONDS });
    return backend;
  };
}

describe('Installed BullMQ', () => {
  it('has the version that the package requires', async () => {
    const [own, installed] = await Promise.all(
      ['package.json', 'node_modules/bullmq/package.json'].map(async (path) =>
        JSON.parse(await readFile(path, 'utf8')),
      ),
    );
    expect(bullmqVersion()).toBe(installed.version);
    const range = `~${KNOWN_VERSION}.0`;
    expect(own).toMatchObject({ peerDependencies: { bullmq: range }, devDependencies: { bullmq: range } });
    expect(() => checkBullmqVersion()).not.toThrow();
  });

  it('has the expected limits, schema name and error codes', () => {
    expect(LOWEST_PRIORITY).toBe(PRIORITY_LIMIT);
    expect(SEARCH_PATH[0]).toBe(DEFAULT_SCHEMA);
    const { JobNotExist, JobLockNotExist, JobNotInState, JobLockMismatch } = ErrorCode;
    expect(LOST_JOB_CODES).toEqual([JobNotExist, JobLockNotExist, JobNotInState, JobLockMismatch]);
    expect(NOT_RETRIED_CODES).toEqual([JobNotExist, JobNotInState]);
  });
});

describeOnServers(
  'BullMQ Worker on %s',
  () => {
    let queue: Queue;
    let worker: WatchedWorker;
    let asked: { member: string; given: unknown[] }[];
    beforeEach(() => {
      const name = `worker-${randomUUID()}`;
      asked = [];
      queue = new Queue(name, { connection });
      const process = async ({ name: how }: Job) => {
        if (how !== 'complete') throw new Error(how);
        return 'result';
      };
      worker = new WatchedWorker(name, process, { connection, autorun: false }, watchedBackend(asked));
    });
    afterEach(async () => {
      await worker.close(true);
      await queue.obliterate({ force: true });
      await queue.close();
    });

    it('stops tracking a lock before it calls handleCompleted or handleFailed', async () => {
      await queue.add('complete', {}, { jobId: 'one' });
      await queue.add('fail', {}, { jobId: 'two' });
      void worker.run();
      const ended = async () => (await queue.getJobCountByTypes('completed', 'failed')) === 2;
      await until(ended, 10_000);
      const token = expect.any(String);
      expect(worker.calls).toEqual([
        { member: 'handleCompleted', id: 'one', end: 'result', token, fetchesNext: true, isTracked: false },
        { member: 'handleFailed', id: 'two', end: 'fail', token, fetchesNext: true, isTracked: false },
      ]);
    });

    it('leaves a job active when handleFailed receives a DelayedError', async () => {
      await queue.add('leave', {}, { jobId: 'left' });
      await queue.add('complete', {}, { jobId: 'next' });
      let wasTracked: boolean | undefined;
      worker.on('completed', () => {
        wasTracked = worker.tracks('left');
      });
      void worker.run();
      await until(async () => (await queue.getJobState('next')) === 'completed');
      expect(await queue.getJobState('left')).toBe('active');
      expect((await queue.getJob('left'))?.failedReason).toBeUndefined();
      // The worker stops tracking the lock after it has processed the job.
      expect(wasTracked).toBe(false);
    });

    it('tracks the lock of a job from trackJob to untrackJob', async () => {
      class Opened extends WatchedWorker {
        keep = (id: string) => this.lockManager.trackJob(id, 'token', Date.now());
        leave = (id: string) => this.lockManager.untrackJob(id);
      }
      const opened = new Opened(queue.name, null, { connection, autorun: false });
      opened.keep('one');
      expect(opened.tracks('one')).toBe(true);
      opened.leave('one');
      expect(opened.tracks('one')).toBe(false);
      await opened.close(true);
    });

    it('waits for a job up to maximumBlockTimeout and stops waiting on close', async () => {
      await queue.add('later', {}, { delay: 600_000 });
      void worker.run();
      await until(() => asked.some(({ member }) => member === 'waitForJob'));
      expect(asked[0]?.member).toBe('moveToActive');
      expect(asked.find(({ member }) => member === 'waitForJob')?.given).toEqual([BLOCKED_SECONDS]);
      await worker.close();
      expect(asked.some(({ member }) => member === 'disconnectBlocking')).toBe(true);
    });
  },
  SERVERS.filter((server) => server === 'redis'),
);
