import { BodyCheck } from '../checks/body-check.js';
import { wamid } from '../identifiers.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';
import { personName } from '../people/person-name.js';
import type { MessageAct } from '../provider-simulation.interface.js';

const displayPhoneNumber = '15550100200';

/** The body of the Cloud API's webhook for what became of a message. */
export function cloudCallback(message: AcceptedMessage, act: MessageAct, phoneNumberId: string): JsonObject {
  const waId = message.to.replace(/\D/g, '');
  const timestamp = String(Math.floor(Date.now() / 1000));
  const news =
    act.kind === 'status'
      ? { statuses: [statusOf(message, act.status, act.failure, waId, timestamp)] }
      : {
          contacts: [{ profile: { name: personName(waId) }, wa_id: waId }],
          messages: [{ ...answerTo(message, act), from: waId, id: wamid(waId), timestamp }],
        };
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId },
    ...news,
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '100000000000001', changes: [{ value, field: 'messages' }] }],
  };
}

function answerTo(message: AcceptedMessage, act: Exclude<MessageAct, { kind: 'status' }>): JsonObject {
  const context = { from: displayPhoneNumber, id: message.id };
  if (act.kind === 'text') return { ...(act.quoting ? { context } : {}), type: 'text', text: { body: act.text } };
  const { id, title, type } = act.button;
  const interactive =
    type === 'option'
      ? { type: 'list_reply', list_reply: { id, title, ...descriptionOf(message, id) } }
      : { type: 'button_reply', button_reply: { id, title } };
  return { context, type: 'interactive', interactive };
}

/** The webhook repeats the description of a list's row. */
function descriptionOf(message: AcceptedMessage, rowId: string): JsonObject {
  const sections = new BodyCheck(message.body).object('interactive').object('action').objects('sections');
  const rows = sections.flatMap((section) => section.objects('rows'));
  const description = rows.find((row) => row.text('id') === rowId)?.optionalText('description');
  return description === undefined ? {} : { description };
}

function statusOf(
  message: AcceptedMessage,
  status: MessageStatus,
  failure: DeliveryFailure | undefined,
  waId: string,
  timestamp: string,
): JsonObject {
  const opaque = message.body.biz_opaque_callback_data;
  return {
    id: message.id,
    status,
    timestamp,
    recipient_id: waId,
    ...(opaque === undefined ? {} : { biz_opaque_callback_data: opaque }),
    ...(status === 'failed' ? { errors: [errorOf(failure)] } : {}),
  };
}

function errorOf(failure: DeliveryFailure | undefined): JsonObject {
  const title = failure?.text ?? 'Message undeliverable';
  return { code: Number(failure?.code ?? 131026), title, message: title, error_data: { details: title } };
}
