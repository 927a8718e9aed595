import { deepFrozen } from '../json.js';
import type { RecordedRequest, SimulatedRequest } from './recorded-request.interface.js';

/** Stores the latest `keep` requests, oldest first. */
export class RequestLog {
  private readonly kept = new Map<number, RecordedRequest>();
  private last = 0;

  constructor(private readonly keep: number) {}

  add(request: Omit<SimulatedRequest, 'id'>): RecordedRequest {
    this.last += 1;
    const record = deepFrozen<RecordedRequest>({ id: this.last, ...request, accepted: false });
    this.kept.set(record.id, record);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.keep) break;
      this.kept.delete(oldest);
    }
    return record;
  }

  change(
    record: RecordedRequest,
    change: Partial<Pick<RecordedRequest, 'fault' | 'accepted' | 'answer'>>,
  ): RecordedRequest {
    const changed = Object.freeze<RecordedRequest>({ ...record, ...change });
    if (this.kept.has(record.id)) this.kept.set(record.id, changed);
    return changed;
  }

  list(): RecordedRequest[] {
    return [...this.kept.values()];
  }
}
