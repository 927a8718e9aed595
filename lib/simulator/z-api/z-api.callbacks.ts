import { hexadecimal } from '../identifiers.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import { personName } from '../people/person-name.js';
import type { MessageAct } from '../provider-simulation.interface.js';

/** Who answers in a group. */
const member = { phone: '5544999999999', lid: '81896604192873@lid' };

/** The body of Z-API's webhook for what became of a message. */
export function zApiCallback(message: AcceptedMessage, act: MessageAct, instanceId: string): JsonObject {
  if (act.kind === 'status') return statusCallback(message, act.status, act.failure, instanceId);
  const isGroup = /^\d+(?:-group|-\d+)$/.test(message.to);
  const isLid = message.to.endsWith('@lid');
  const name = personName(isGroup ? member.phone : message.to);
  return {
    type: 'ReceivedCallback',
    instanceId,
    messageId: `3EB0${hexadecimal(16)}`,
    ...(act.kind === 'press' || act.quoting ? { referenceMessageId: message.id } : {}),
    phone: message.to,
    fromMe: false,
    momment: Date.now(),
    status: 'RECEIVED',
    chatName: isGroup ? 'A group' : name,
    senderName: name,
    senderLid: isLid ? message.to : member.lid,
    connectedPhone: '554499999999',
    isGroup,
    participantPhone: isGroup ? member.phone : null,
    ...(isGroup ? { participantLid: member.lid } : {}),
    broadcast: false,
    ...(act.kind === 'press' ? pressed(act.button) : { text: { message: act.text } }),
  };
}

function pressed({ id, title, type }: SimulatedButton): JsonObject {
  return type === 'option'
    ? { listResponseMessage: { message: title, title, selectedRowId: id } }
    : { buttonsResponseMessage: { buttonId: id, message: title } };
}

function statusCallback(
  message: AcceptedMessage,
  status: MessageStatus,
  failure: DeliveryFailure | undefined,
  instanceId: string,
): JsonObject {
  if (status === 'failed') {
    return {
      type: 'DeliveryCallback',
      phone: message.to,
      messageId: message.id,
      zaapId: hexadecimal(32),
      instanceId,
      momment: Date.now(),
      error: failure?.text ?? 'Whatsapp rejected sending this message',
      ...(failure?.code === undefined ? {} : { errorCode: String(failure.code) }),
    };
  }
  return {
    type: 'MessageStatusCallback',
    status: status === 'delivered' ? 'RECEIVED' : status.toUpperCase(),
    ids: [message.id],
    momment: Date.now(),
    phone: message.to,
    isGroup: /^\d+(?:-group|-\d+)$/.test(message.to),
    instanceId,
  };
}
