import type { ProviderRequest } from '../provider-simulation.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';
import { displayPhoneNumber } from './whatsapp-cloud.accounts.js';
import { cloudNotSimulated, graphError } from './whatsapp-cloud.errors.js';

/** The subcode of an object that does not exist. */
const MISSING_OBJECT = 33;
/** The simulated edges. An unknown object with one of them does not exist. */
const EDGES: readonly string[] = ['messages', 'media', 'message_templates', 'subscribed_apps'];

/** Returns the properties of a phone number. */
export function phoneNumber(account: SimulatedWhatsAppCloudAccount, fields: string | null): HttpResponse {
  const shown = displayPhoneNumber(account);
  const all = {
    verified_name: 'Simulated business',
    display_phone_number: shown.replace(/^1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3'),
    quality_rating: 'GREEN',
    code_verification_status: 'VERIFIED',
  };
  const wanted = fields?.split(',');
  const given = Object.entries(all).filter(([name]) => !wanted || wanted.includes(name));
  return jsonResponse(200, { ...Object.fromEntries(given), id: account.phoneNumberId });
}

/** Returns the error of a path that leads to nothing. */
export function unknownAddress(
  request: ProviderRequest,
  id: string | undefined,
  edge: string | undefined,
): HttpResponse {
  if (id === undefined) return graphError(400, 2500, 'OAuthException', `Unknown path components: ${request.path}`);
  if (edge !== undefined && !EDGES.includes(edge)) return cloudNotSimulated(`${request.method} /{id}/${edge}`);
  const verb = request.method.toLowerCase();
  const message = `Unsupported ${verb} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return graphError(400, 100, 'GraphMethodException', message, MISSING_OBJECT);
}
