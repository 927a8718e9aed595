import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { BehaviorSubject, map, type Observable } from 'rxjs';
import type { PendingFault, PlaygroundNews } from '../timelines/timeline.interface.js';
import type { FaultDto } from './fault.dto.js';

/** Injects faults into the simulator and counts those that are left. */
@Injectable()
export class FaultsService implements OnApplicationBootstrap {
  private readonly pending = new BehaviorSubject<PendingFault[]>([]);
  /** Emits the faults that are left, now and when they change. */
  readonly pending$: Observable<PlaygroundNews> = this.pending.pipe(map((pending) => ({ kind: 'faults', pending })));

  constructor(private readonly simulator: GatewaySimulator) {}

  onApplicationBootstrap(): void {
    this.simulator.events$.subscribe((event) => {
      if (event.kind === 'fault') this.countDown(event.request.provider);
    });
  }

  add({ provider, fault, times }: FaultDto): void {
    this.simulator.fail(provider, fault, times);
    this.pending.next([...this.pending.value, { provider, fault, left: times }]);
  }

  heal(): void {
    this.simulator.heal();
    this.pending.next([]);
  }

  /** Counts a fault of the provider, in the order in which they were added. */
  private countDown(provider: PendingFault['provider']): void {
    const next = this.pending.value.find((fault) => fault.provider === provider);
    const left = this.pending.value.map((fault) => (fault === next ? { ...fault, left: fault.left - 1 } : fault));
    this.pending.next(left.filter((fault) => fault.left > 0));
  }
}
