import { LRUCache } from 'lru-cache';
import { inTime, LATE } from '../async/delay.js';
import { findingOf, type HealthFinding } from './health-finding.js';
import type { HealthSettings } from './health-options.interface.js';

const MAX_FINDINGS = 1_000;

/** Caches results. Concurrent checks share one request, with a timeout. */
export class RecentFindings<Finding extends HealthFinding> {
  private readonly findings = new LRUCache<string, Promise<Finding | HealthFinding>>({ max: MAX_FINDINGS });

  constructor(private readonly settings: HealthSettings) {}

  /** Returns the cached result of a name, or runs `check`. Never rejects. */
  of(name: string, check: () => Promise<Finding>): Promise<Finding | HealthFinding> {
    const recent = this.findings.get(name);
    if (recent) return recent;
    const finding = this.run(check);
    this.findings.set(name, finding);
    void finding.then(() => this.keep(name, finding));
    return finding;
  }

  private keep(name: string, finding: Promise<Finding | HealthFinding>): void {
    const { cacheMs } = this.settings;
    if (cacheMs === 0) this.findings.delete(name);
    else this.findings.set(name, finding, { ttl: cacheMs });
  }

  private async run(check: () => Promise<Finding>): Promise<Finding | HealthFinding> {
    const { timeoutMs } = this.settings;
    try {
      const finding = await inTime(timeoutMs, check());
      return finding === LATE ? { status: 'down', reason: `no response within ${timeoutMs} ms` } : finding;
    } catch (error) {
      return findingOf(error, this.settings.details);
    }
  }
}
