import { Plan } from '../plans/plan.js';
import type { SimulatedRequest } from '../server/recorded-request.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { Fault, FaultChooser, FaultTarget } from './fault.interface.js';
import { checkFault } from './faults.js';

interface PlannedFault {
  readonly provider: SimulatedProviderName;
  readonly target: FaultTarget;
  readonly fault: Fault | FaultChooser;
}

/** The planned faults. */
export class FaultPlan {
  private readonly plan = new Plan<PlannedFault>();

  add(provider: SimulatedProviderName, fault: Fault | FaultChooser, times: number, target: FaultTarget): void {
    if (typeof fault !== 'function') checkFault(fault);
    this.plan.add({ provider, target, fault }, times);
  }

  /** Takes the fault of a request. A function counts a request even if it returns no fault. */
  take(request: SimulatedRequest, target: FaultTarget): Fault | undefined {
    const next = this.plan.take((planned) => planned.provider === request.provider && planned.target === target);
    if (typeof next?.fault !== 'function') return next?.fault;
    const chosen = next.fault(request);
    if (chosen !== undefined) checkFault(chosen);
    return chosen;
  }

  clear(provider: SimulatedProviderName | undefined): void {
    this.plan.clear((planned) => provider === undefined || planned.provider === provider);
  }
}
