import { isJsonObject, type JsonObject } from '../json.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';
import { displayPhoneNumber } from './whatsapp-cloud.accounts.js';
import type { CloudChange } from './whatsapp-cloud.inbound.js';

/** Fields of the whole business account, whose values contain no phone number. */
const BUSINESS_FIELDS: ReadonlySet<string> = new Set([
  'account_update',
  'account_alerts',
  'message_template_status_update',
  'message_template_quality_update',
  'template_category_update',
  'phone_number_quality_update',
]);

/** Creates a webhook body with one change. */
export function cloudEnvelope(
  change: CloudChange,
  account: SimulatedWhatsAppCloudAccount,
  heardBy = account.phoneNumberId,
): JsonObject {
  const { field, value } = change;
  const metadata = { display_phone_number: displayPhoneNumber(account), phone_number_id: heardBy };
  const named = field === 'phone_number_quality_update' ? { display_phone_number: displayPhoneNumber(account) } : {};
  const whole = BUSINESS_FIELDS.has(field)
    ? { ...named, ...value }
    : { messaging_product: 'whatsapp', metadata, ...value };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: account.businessAccountId, changes: [{ value: whole, field }] }],
  };
}

/** Adds fields to the message or status of a body, or to its value if it has neither. */
export function withCloudFields(body: JsonObject, fields: JsonObject): JsonObject {
  const entry = listed(body.entry).map((one) => {
    const changes = listed(one.changes).map((change) => ({ ...change, value: addFields(change.value, fields) }));
    return { ...one, changes };
  });
  return { ...body, entry };
}

function addFields(given: unknown, fields: JsonObject): JsonObject {
  const value = isJsonObject(given) ? given : {};
  const list = ['messages', 'statuses', 'message_echoes'].find((name) => Array.isArray(value[name]));
  if (list === undefined) return { ...value, ...fields };
  return { ...value, [list]: listed(value[list]).map((one) => ({ ...one, ...fields })) };
}

/** Merges the updates of several bodies. */
export function joinedCloudBodies(bodies: readonly JsonObject[]): JsonObject {
  return { object: 'whatsapp_business_account', entry: bodies.flatMap(({ entry }) => listed(entry)) };
}

function listed(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
