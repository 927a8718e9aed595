import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { BehaviorSubject, map, type Observable } from 'rxjs';
import type { FaultDto } from './dto/fault.dto.js';
import type { PendingFault, PlaygroundNews } from './timeline.interface.js';

/** The faults that the next requests will meet. */
@Injectable()
export class FaultsService implements OnApplicationBootstrap {
  private readonly pending = new BehaviorSubject<PendingFault[]>([]);
  /** The faults to come, now and whenever they change. */
  readonly pending$: Observable<PlaygroundNews> = this.pending.pipe(map((pending) => ({ kind: 'faults', pending })));

  constructor(private readonly simulator: GatewaySimulator) {}

  onApplicationBootstrap(): void {
    this.simulator.events$.subscribe((event) => {
      if (event.kind === 'fault') this.meet(event.request.provider);
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

  /** Faults are met in the order in which they were asked for. */
  private meet(provider: PendingFault['provider']): void {
    const met = this.pending.value.find((fault) => fault.provider === provider);
    const rest = this.pending.value.map((fault) => (fault === met ? { ...fault, left: fault.left - 1 } : fault));
    this.pending.next(rest.filter(({ left }) => left > 0));
  }
}
