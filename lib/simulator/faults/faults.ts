import type { DelayFault, Fault, NamedFault } from './fault.interface.js';

const ACCEPTS_MESSAGE: Readonly<Record<NamedFault, boolean>> = {
  'drop-before-accepting': false,
  'drop-after-accepting': true,
  'cut-answer': true,
  garbage: true,
  'empty-answer': true,
  'answer-without-ids': true,
  'oversized-answer': true,
  'time-out': true,
  'time-out-before-accepting': false,
  'refused-with-200': false,
  'rate-limited': false,
  unavailable: false,
};

export function isNamedFault(name: string): name is NamedFault {
  return Object.hasOwn(ACCEPTS_MESSAGE, name);
}

export function isDelay(fault: Fault): fault is DelayFault {
  return typeof fault === 'object' && 'delayMs' in fault;
}

/**
 * Returns whether a valid message is accepted despite the fault.
 *
 * @example
 * acceptsMessage('drop-after-accepting'); // true: the sender cannot know
 * acceptsMessage({ retryAfterSeconds: 5 }); // false: sending it again is safe
 *
 * @publicApi
 */
export function acceptsMessage(fault: Fault): boolean {
  if (typeof fault === 'string') return ACCEPTS_MESSAGE[fault];
  if (isDelay(fault)) return fault.next === undefined || acceptsMessage(fault.next);
  return 'status' in fault && fault.accepted === true;
}

/** Validates a fault. @throws TypeError, RangeError if it is invalid. */
export function checkFault(fault: Fault): void {
  if (typeof fault === 'string') {
    if (!isNamedFault(fault)) {
      throw new TypeError(`Unknown fault "${fault}". Faults: ${Object.keys(ACCEPTS_MESSAGE).join(', ')}`);
    }
  } else if (isDelay(fault)) {
    within('delayMs', fault.delayMs, 0, 2 ** 31 - 1);
    if (fault.next !== undefined) checkFault(fault.next);
  } else if ('status' in fault) {
    within('status', fault.status, 200, 599);
  } else if ('retryAfterSeconds' in fault) {
    within('retryAfterSeconds', fault.retryAfterSeconds, 0, Number.MAX_SAFE_INTEGER);
  } else {
    throw new TypeError('A fault must be a name, or have status, delayMs or retryAfterSeconds');
  }
}

function within(name: string, value: number, minimum: number, maximum: number): void {
  if (!Number.isInteger(value) || value < minimum || value > maximum) {
    throw new RangeError(`A fault's ${name} must be an integer from ${minimum} to ${maximum}`);
  }
}
