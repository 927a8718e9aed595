import type { HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import type { BacklogCounts, QueueBacklog } from '../stores/queue-backlog.js';
import type { HealthFinding } from './health-finding.js';
import type { RecentFindings } from './recent-findings.js';

/** The limits of a healthy queue. @publicApi */
export interface QueueHealthLimits {
  /** Maximum number of waiting messages. @default no limit */
  maxWaiting?: number;
  /** Maximum number of held messages, whose outcome is unknown. @default no limit */
  maxHeld?: number;
}

/** The health of the queue. @publicApi */
export interface QueueHealth extends HealthFinding {
  /** The number of messages in each state. */
  counts?: BacklogCounts;
}

/**
 * Checks the queue for Terminus: its engine, its worker, and the number of messages. Requires
 * `ButtonMessagingQueueModule`.
 *
 * @example
 * \@Get('health')
 * \@HealthCheck()
 * check() {
 *   return this.health.check([() => this.queue.check('queue', { maxWaiting: 10_000, maxHeld: 0 })]);
 * }
 *
 * @publicApi
 */
export class ButtonMessagingQueueHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly findings: RecentFindings<QueueHealth>,
    private readonly backlog: QueueBacklog | undefined,
  ) {}

  /**
   * Checks the queue. It is down if the engine does not respond within `timeoutMs`, if this process's worker fails, or
   * if a limit is exceeded. `reason` says which. Results are cached for `cacheMs`.
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
    if (!this.backlog) return { status: 'down', reason: 'ButtonMessagingQueueModule is not imported' };
    const [counts, workerError] = await Promise.all([this.backlog.counts(), this.backlog.workerTrouble()]);
    if (workerError !== undefined) return { status: 'down', reason: `the worker cannot work: ${workerError}`, counts };
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
