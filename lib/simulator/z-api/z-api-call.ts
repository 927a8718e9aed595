import { BodyCheck } from '../checks/body-check.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { PeopleStore } from '../people/people-store.js';
import type { Handling, ProviderRequest } from '../provider-simulation.interface.js';
import { jsonResponse } from '../server/http-response.js';
import type { SimulatedZApiAccount } from '../simulated-account.interface.js';
import type { InstanceState } from './z-api-instances.js';

/** What a call works with. */
export interface ZApiCall {
  readonly request: ProviderRequest;
  /** What stands in the path behind the endpoint. */
  readonly parameter: string;
  readonly account: SimulatedZApiAccount;
  readonly instance: InstanceState;
  readonly people: PeopleStore;
}

export function refusal(error: string, status = 400): Handling {
  return { kind: 'refused', answer: jsonResponse(status, { error }) };
}

/** Reads the JSON body; the first fault in it is the answer. */
export function reading(call: ZApiCall, play: (body: BodyCheck) => Handling): Handling {
  const given = parsedJson(call.request.body);
  if (!isJsonObject(given)) return refusal('The body must be a JSON object');
  const body = new BodyCheck(given);
  const handling = play(body);
  const [fault] = body.faults;
  return fault ? refusal(fault.message) : handling;
}
