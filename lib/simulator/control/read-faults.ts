import { chatvoltFaults } from '../chatvolt/chatvolt-faults.js';
import { BodyCheck } from '../checks/body-check.js';
import type { Fault } from '../faults/fault.interface.js';
import { checkFault, isNamedFault } from '../faults/faults.js';
import { metaFault } from '../faults/meta-fault.js';
import { isJsonObject, withoutUndefined } from '../json.js';

/**
 * Parses a fault: a name, an object as in code, `{"chatvolt":"afterDelivery"}` for one of `chatvoltFaults`, or
 * `{"meta":131042}` with the options of `metaFault`.
 *
 * @throws TypeError, RangeError if it is invalid.
 */
export function readFault(given: unknown): Fault {
  const fault =
    typeof given === 'string' ? namedFault(given) : describedFault(new BodyCheck(isJsonObject(given) ? given : {}));
  checkFault(fault);
  return fault;
}

function namedFault(name: string): Fault {
  if (isNamedFault(name)) return name;
  throw new TypeError(`Unknown fault "${name}"`);
}

function describedFault(given: BodyCheck): Fault {
  const fault = read(given);
  const [issue] = given.issues;
  if (issue) throw new TypeError(`Invalid fault: ${issue.message}`);
  return fault;
}

function read(given: BodyCheck): Fault {
  if (given.has('chatvolt')) return chatvoltFault(given.text('chatvolt'));
  if (given.has('meta')) return readMetaFault(given);
  if (given.has('delayMs')) {
    const delayMs = given.number('delayMs');
    return given.has('next') ? { delayMs, next: readFault(given.value('next')) } : { delayMs };
  }
  if (given.has('retryAfterSeconds')) return { retryAfterSeconds: given.number('retryAfterSeconds') };
  const headers = Object.entries(given.optionalJson('headers') ?? {}).map(([name, value]) => [name, String(value)]);
  return {
    status: given.number('status'),
    ...(given.has('body') && { body: given.value('body') }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    accepted: given.optionalBoolean('accepted') ?? false,
  };
}

function chatvoltFault(name: string): Fault {
  const fault = Object.entries(chatvoltFaults).find(([known]) => known === name)?.[1];
  if (fault) return fault;
  throw new TypeError(`Unknown fault "${name}" of Chatvolt. Faults: ${Object.keys(chatvoltFaults).join(', ')}`);
}

function readMetaFault(given: BodyCheck): Fault {
  const code = given.number('meta');
  const options = withoutUndefined({
    status: given.optionalNumber('status', 200, 599),
    ...given.optionalTexts('message', 'details'),
    isTransient: given.optionalBoolean('isTransient'),
    regainAccessMinutes: given.optionalNumber('regainAccessMinutes', 0, 1_000_000),
  });
  return metaFault(code, options);
}
