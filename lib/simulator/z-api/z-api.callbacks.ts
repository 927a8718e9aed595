import type { AccountNews } from '../inbound/account-news.interface.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import { unsupportedCallback } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { StatusUpdate } from '../provider-simulation.js';
import { INSTANCE_PHONE, numberOf, zApiInbound } from './z-api.inbound.js';
import { zApiDeliveryErrors } from './z-api-delivery-errors.js';

/** Checks if an address is a group. */
export function isZApiGroup(address: string): boolean {
  return /^\d+(?:-group|-\d+)$/.test(address);
}

/** Creates the webhook body of a status: from the queue, or from WhatsApp. */
export function zApiStatus(
  message: AcceptedMessage,
  statusUpdate: StatusUpdate,
  person: SimulatedPerson,
  instanceId: string,
): JsonObject {
  const { status, failure } = statusUpdate;
  const isGroup = isZApiGroup(message.to);
  const known = { phone: isGroup ? message.to : numberOf(person), instanceId: statusUpdate.heardBy ?? instanceId };
  if (status === 'failed' || (status === 'sent' && statusUpdate.byQueue)) {
    const error = status === 'failed' ? { error: failure?.text ?? usualFailure(message) } : {};
    const errorCode = failure?.code === undefined ? {} : { errorCode: String(failure.code) };
    return {
      type: 'DeliveryCallback',
      ...known,
      ...idsOf(message, statusUpdate.ids),
      momment: Date.now(),
      ...error,
      ...errorCode,
    };
  }
  return {
    type: 'MessageStatusCallback',
    status: status === 'delivered' ? 'RECEIVED' : status.toUpperCase(),
    ids: [message.id],
    momment: Date.now(),
    isGroup,
    ...known,
    ...(isGroup ? {} : { chatLid: person.lid }),
  };
}

/** Returns the default failure: its buttons were rejected, or the number does not exist. */
function usualFailure({ buttons, endpoint }: AcceptedMessage): string {
  return buttons.length > 0 && endpoint !== 'send-poll'
    ? zApiDeliveryErrors.buttonTerms
    : zApiDeliveryErrors.noSuchNumber;
}

function idsOf({ id, zaapId }: AcceptedMessage, ids: StatusUpdate['ids'] = 'both'): JsonObject {
  if (ids === 'zaap-id-alone') return { zaapId };
  return { messageId: ids === 'both' ? id : zaapId, zaapId };
}

/** Creates the webhook body of a message that the instance sent. */
export function zApiEcho(message: AcceptedMessage, person: SimulatedPerson, instanceId: string): JsonObject {
  const group = isZApiGroup(message.to) ? message.to : undefined;
  const content: InboundContent = { type: 'other', fields: echoed(message) };
  return {
    ...zApiInbound({ from: person, group, messageId: message.id, content }, instanceId),
    fromMe: true,
    status: 'SENT',
    chatName: person.name,
    senderName: 'The business',
    participantPhone: null,
    participantLid: null,
    fromApi: true,
  };
}

function echoed({ text, buttons, endpoint, body }: AcceptedMessage): JsonObject {
  if (buttons.length === 0) return { text: { message: text } };
  if (endpoint === 'send-poll') {
    const options = buttons.map(({ title }) => ({ name: title }));
    return { poll: { question: text, pollMaxOptions: body.pollMaxOptions ?? 0, options } };
  }
  if (endpoint === 'send-option-list') {
    const options = buttons.map(({ id, title }) => ({ title, description: '', rowId: id }));
    return { listMessage: { description: text, sections: [{ title: '', options }] } };
  }
  if (buttons.every(({ type }) => type === 'reply')) {
    const answers = buttons.map(({ id, title }) => ({ buttonId: id, type: 1, buttonText: { displayText: title } }));
    return { buttonsMessage: { imageUrl: null, videoUrl: null, message: text, buttons: answers } };
  }
  const hydratedButtons = buttons.map(({ id, title, type }, index) =>
    type === 'reply'
      ? { index, quickReplyButton: { displayText: title, id } }
      : { index, urlButton: { displayText: title, url: '' } },
  );
  return { hydratedTemplate: { header: {}, message: text, footer: '', title: '', hydratedButtons } };
}

/** Creates the webhook body of an instance's event. @throws Error if Z-API documents none. */
export function zApiAccountNews(news: AccountNews, instanceId: string): JsonObject {
  const momment = Date.now();
  switch (news.type) {
    case 'connected':
      return { type: 'ConnectedCallback', connected: true, phone: INSTANCE_PHONE, momment, instanceId };
    case 'disconnected': {
      const error = news.reason ?? 'Device has been disconnected';
      return { type: 'DisconnectedCallback', disconnected: true, error, momment, instanceId };
    }
    case 'other':
      return { type: news.name, instanceId, momment, ...news.content };
    default:
      throw unsupportedCallback('Z-API', news.type);
  }
}
