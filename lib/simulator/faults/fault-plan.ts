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

/** The planned faults, in the order in which they were added. */
export class FaultPlan {
  private planned: PlannedFault[] = [];

  add(provider: SimulatedProviderName, fault: Fault | FaultChooser, times: number, target: FaultTarget): void {
    if (typeof fault !== 'function') checkFault(fault);
    if (!(times === Number.POSITIVE_INFINITY || (Number.isInteger(times) && times >= 1))) {
      throw new RangeError('times must be a positive integer or Infinity');
    }
    this.planned.push({ provider, target, fault, left: times });
  }

  /** Takes the fault of a request. A function counts a request even if it returns no fault. */
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
