import { PacingStore } from '../../stores/pacing.store.js';

/** Another process's pause takes effect within this time. */
const CHECK_INTERVAL_MS = 100;

/** The name of a bucket that is paused for as long as any other. */
export const ANY = 'any';

/**
 * Rate limits that several processes share. Pauses are rare, and reading them for every message would cost a round
 * trip. So the store checks periodically whether any bucket is paused.
 */
export abstract class SharedPacingStore extends PacingStore {
  private checking: Promise<void> | undefined;
  private checkedAt = Number.NEGATIVE_INFINITY;
  private anyUntil = Number.NEGATIVE_INFINITY;

  override async pause(bucket: string, forMs: number): Promise<void> {
    if (forMs <= 0) return;
    await this.writePauses([bucket, ANY], forMs);
    this.anyUntil = Math.max(this.anyUntil, performance.now() + forMs);
  }

  override pausedFor(buckets: readonly string[]): Promise<number[]> | number[] {
    const isFresh = performance.now() - this.checkedAt < CHECK_INTERVAL_MS;
    return isFresh ? this.knownPauses(buckets) : this.check().then(() => this.knownPauses(buckets));
  }

  private knownPauses(buckets: readonly string[]): Promise<number[]> | number[] {
    return this.anyUntil > performance.now() ? this.readPauses(buckets) : buckets.map(() => 0);
  }

  override resume(bucket: string): Promise<void> {
    return this.endPause(bucket);
  }

  /** Ends a bucket's pause. */
  protected abstract endPause(bucket: string): Promise<void>;

  /** Pauses buckets, unless they are already paused for longer. */
  protected abstract writePauses(buckets: readonly string[], forMs: number): Promise<void>;

  /** Returns for how many more milliseconds each bucket is paused. */
  protected abstract readPauses(buckets: readonly string[]): Promise<number[]>;

  private check(): Promise<void> {
    this.checking ??= this.checkOnce().finally(() => {
      this.checking = undefined;
    });
    return this.checking;
  }

  private async checkOnce(): Promise<void> {
    const startedAt = performance.now();
    const [anyMs = 0] = await this.readPauses([ANY]);
    this.anyUntil = Math.max(this.anyUntil, startedAt + anyMs);
    this.checkedAt = startedAt;
  }
}
