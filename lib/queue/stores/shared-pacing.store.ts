import { PacingStore } from '../../stores/pacing.store.js';

/** Another process's pause is heeded within that. */
const LOOK_INTERVAL_MS = 100;

/** Whether anything is paused: the name of a bucket that is paused for as long as any other is. */
export const ANY = 'any';

/**
 * Turns that several processes share. Pauses are rare, and asking for them would cost every message a round trip: it is
 * asked now and then whether there are any at all.
 */
export abstract class SharedPacingStore extends PacingStore {
  private looking: Promise<void> | undefined;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private anyUntil = Number.NEGATIVE_INFINITY;

  override async pause(bucket: string, forMs: number): Promise<void> {
    if (forMs <= 0) return;
    await this.writePauses([bucket, ANY], forMs);
    this.anyUntil = Math.max(this.anyUntil, performance.now() + forMs);
  }

  override pausedFor(buckets: readonly string[]): Promise<number[]> | number[] {
    const hasLooked = performance.now() - this.lookedAt < LOOK_INTERVAL_MS;
    return hasLooked ? this.knownPauses(buckets) : this.look().then(() => this.knownPauses(buckets));
  }

  private knownPauses(buckets: readonly string[]): Promise<number[]> | number[] {
    return this.anyUntil > performance.now() ? this.readPauses(buckets) : buckets.map(() => 0);
  }

  override resume(bucket: string): Promise<void> {
    return this.endPause(bucket);
  }

  /** Ends the pause of a bucket. */
  protected abstract endPause(bucket: string): Promise<void>;

  /** Pauses each of these buckets, unless it is paused for longer. */
  protected abstract writePauses(buckets: readonly string[], forMs: number): Promise<void>;

  /** For how many more milliseconds each of these buckets is paused. */
  protected abstract readPauses(buckets: readonly string[]): Promise<number[]>;

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const began = performance.now();
    const [anyMs = 0] = await this.readPauses([ANY]);
    this.anyUntil = Math.max(this.anyUntil, began + anyMs);
    this.lookedAt = began;
  }
}
