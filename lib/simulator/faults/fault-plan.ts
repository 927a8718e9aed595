import type { SimulatedRequest } from '../server/recorded-request.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { Fault, FaultChooser, FaultTarget } from './fault.interface.js';
import { checkFault } from './faults.js';

interface PlannedFault {
  readonly provider: SimulatedProviderName;
  readonly target: FaultTarget;
  readonly fault: Fault | FaultChooser;
  left: number;
}

/** The faults that are still to come, in the order in which they were asked for. */
export class FaultPlan {
  private planned: PlannedFault[] = [];

  add(provider: SimulatedProviderName, fault: Fault | FaultChooser, times: number, target: FaultTarget): void {
    if (typeof fault !== 'function') checkFault(fault);
    if (!(times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 1))) {
      throw new RangeError('A fault is injected a whole number of times, at least once; Infinity is for always');
    }
    this.planned.push({ provider, target, fault, left: times });
  }

  /** What is to happen to this request. A chooser counts it also where it lets it pass. */
  take(request: SimulatedRequest, target: FaultTarget): Fault | undefined {
    const next = this.planned.find((planned) => planned.provider === request.provider && planned.target === target);
    if (!next) return undefined;
    next.left -= 1;
    if (next.left === 0) this.planned = this.planned.filter((planned) => planned !== next);
    if (typeof next.fault !== 'function') return next.fault;
    const chosen = next.fault(request);
    if (chosen !== undefined) checkFault(chosen);
    return chosen;
  }

  clear(provider: SimulatedProviderName | undefined): void {
    this.planned = provider ? this.planned.filter((planned) => planned.provider !== provider) : [];
  }
}
