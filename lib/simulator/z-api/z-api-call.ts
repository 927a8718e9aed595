import { BodyCheck } from '../checks/body-check.js';
import { isJsonObject, type JsonObject, parsedJson } from '../json.js';
import type { PeopleStore } from '../people/people-store.js';
import type { Handling, ProviderRequest } from '../provider-simulation.js';
import { jsonResponse } from '../server/http-response.js';
import type { SimulatedZApiAccount } from '../simulated-account.interface.js';
import type { InstanceState } from './z-api-instances.js';

/** A request to Z-API and its account. */
export interface ZApiCall {
  readonly request: ProviderRequest;
  /** The part of the path after the operation. */
  readonly parameter: string;
  readonly account: SimulatedZApiAccount;
  readonly instance: InstanceState;
  readonly people: PeopleStore;
}

export function rejection(error: string, status = 400): Handling {
  return { kind: 'refused', answer: jsonResponse(status, { error }) };
}

/** Parses the JSON body. The response contains the first issue. */
export function reading(request: ProviderRequest, play: (body: BodyCheck, given: JsonObject) => Handling): Handling {
  const given = parsedJson(request.body);
  if (!isJsonObject(given)) return rejection('The body must be a JSON object');
  const body = new BodyCheck(given);
  const handling = play(body, given);
  const [issue] = body.issues;
  return issue ? rejection(issue.message) : handling;
}
