import type { HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { BacklogCounts, QueueBacklog } from '../stores/queue-backlog.js';
import type { HealthFinding } from './health-finding.js';
import type { RecentFindings } from './recent-findings.js';

/** How much a queue may hold and still be up. */
export interface QueueHealthLimits {
  /** Messages that wait for a worker. Default: no limit. */
  maxWaiting?: number;
  /** Messages of which nobody knows whether they went out. Default: no limit. */
  maxHeld?: number;
}

/** What was found of the queue. */
export interface QueueHealth extends HealthFinding {
  /** How many messages there are of each state. */
  counts?: BacklogCounts;
}

/**
 * Whether the queue's engine answers, and whether too much waits there, for Terminus. Needs
 * `ButtonMessagingQueueModule` in the application.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.queue.check('queue', { maxWaiting: 10_000, maxHeld: 0 })]);
 * }
 */
export class ButtonMessagingQueueHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly findings: RecentFindings<QueueHealth>,
    private readonly backlog: QueueBacklog | undefined,
  ) {}

  /**
   * Checks the queue. Down where the engine does not answer within `timeoutMs`, where it fails this process's worker, or
   * where a limit is passed; `reason` says which. The engine is asked again only after `cacheMs`.
   */
  async check<const Key extends string>(
    key: Key,
    limits: QueueHealthLimits = {},
  ): Promise<HealthIndicatorResult<Key, 'up' | 'down', Omit<QueueHealth, 'status'>>> {
    const found = await this.findings.of('queue', () => this.ask());
    const { status, ...details } = withinLimits(found, limits);
    const session = this.indicators.check(key);
    return status === 'up' ? session.up(details) : session.down(details);
  }

  private async ask(): Promise<QueueHealth> {
    if (!this.backlog) return { status: 'down', reason: 'there is no ButtonMessagingQueueModule in the application' };
    const [counts, trouble] = await Promise.all([this.backlog.counts(), this.backlog.workerTrouble()]);
    if (trouble !== undefined) return { status: 'down', reason: `the worker cannot work: ${trouble}`, counts };
    return { status: 'up', counts };
  }
}

function withinLimits(found: QueueHealth, { maxWaiting, maxHeld }: QueueHealthLimits): QueueHealth {
  const { counts } = found;
  if (!counts || found.status === 'down') return found;
  const reasons = [tooMany('waiting', counts.waiting, maxWaiting), tooMany('held', counts.held, maxHeld)].filter(
    (reason) => reason !== undefined,
  );
  return reasons.length > 0 ? { status: 'down', reason: reasons.join('; '), counts } : found;
}

function tooMany(state: string, count: number, limit: number | undefined): string | undefined {
  if (limit === undefined || count <= limit) return undefined;
  return `${count} messages are ${state}, more than ${limit}`;
}
