import type { Handling } from '../provider-simulation.js';
import { emptyResponse, type HttpResponse, jsonResponse } from '../server/http-response.js';
import { reading, rejection, type ZApiCall } from './z-api-call.js';
import { CALLBACK_ADDRESSES, type CallbackAddress } from './z-api-instances.js';

const MAX_PAGE_SIZE = 30;

type Play = (call: ZApiCall) => Handling;

const CALLBACK_SETTINGS: Readonly<Record<string, readonly CallbackAddress[]>> = {
  'update-webhook-received': ['receivedCallbackUrl'],
  'update-webhook-received-delivery': ['receivedAndDeliveryCallbackUrl'],
  'update-webhook-delivery': ['deliveryCallbackUrl'],
  'update-webhook-message-status': ['messageStatusCallbackUrl'],
  'update-webhook-connected': ['connectedCallbackUrl'],
  'update-webhook-disconnected': ['disconnectedCallbackUrl'],
  'update-webhook-chat-presence': ['presenceChatCallbackUrl'],
  'update-every-webhooks': CALLBACK_ADDRESSES.filter((address) => address !== 'receivedAndDeliveryCallbackUrl'),
};

/** The operations that send nothing, by method and name. `/*` stands for a parameter. */
export const Z_API_CALLS: ReadonlyMap<string, Play> = new Map<string, Play>([
  ['GET status', status],
  ['GET me', me],
  ['GET phone-exists/*', phoneExists],
  ['POST phone-exists-batch', phoneExistsBatch],
  ['POST read-message', readMessage],
  ['DELETE messages', deleteMessage],
  ['POST queue', readQueue],
  ['GET queue/count', ({ instance }) => read({ count: instance.queue.length })],
  ['DELETE queue', emptyQueue],
  ['DELETE queue/*', cancelQueued],
  ['PUT update-notify-sent-by-me', notifySentByMe],
  ['PUT update-queue-settings', () => done(() => undefined)],
  ['PUT update-filters', () => done(() => undefined)],
  ...Object.entries(CALLBACK_SETTINGS).map<[string, Play]>(([endpoint, addresses]) => [
    `PUT ${endpoint}`,
    (call) => setAddress(call, addresses),
  ]),
]);

function read(body: unknown): Handling {
  return { kind: 'read', answer: jsonResponse(200, body) };
}

function done(settle: () => void, answer: HttpResponse = jsonResponse(200, { value: true })): Handling {
  return { kind: 'done', answer, settle };
}

function status({ instance: { isConnected } }: ZApiCall): Handling {
  const error = isConnected ? 'You are already connected' : 'You are not connected.';
  return read({ connected: isConnected, error, smartphoneConnected: isConnected });
}

function me({ account, instance }: ZApiCall): Handling {
  return read({
    id: account.instanceId,
    token: account.token,
    name: account.name,
    due: 2_145_916_800_000,
    connected: instance.isConnected,
    paymentStatus: 'PAID',
    created: '2026-01-01T12:00:00.000Z',
    ...Object.fromEntries(CALLBACK_ADDRESSES.map((name) => [name, instance.addresses.get(name) ?? ''])),
    receiveCallbackSentByMe: instance.tellsSentByMe,
    callRejectAuto: false,
    autoReadMessage: false,
  });
}

function phoneExists({ parameter, people }: ZApiCall): Handling {
  if (!/^\d+$/.test(parameter)) return rejection('phone must be a number of digits only');
  // Some numbers have an empty response.
  if (parameter.endsWith('00000')) return read(null);
  const exists = !parameter.endsWith('0000');
  const { phone = parameter, lid } = people.at(parameter);
  return read([exists ? { exists, phone, lid } : { exists, phone: parameter, lid: null }]);
}

function phoneExistsBatch(call: ZApiCall): Handling {
  return reading(call.request, (body) => {
    const phones = body.texts('phones');
    return read(
      phones.map((inputPhone) => {
        const exists = !inputPhone.endsWith('0000');
        const { phone = inputPhone, lid } = call.people.at(inputPhone);
        return { exists, inputPhone, outputPhone: exists ? phone : inputPhone, lid: exists ? lid : null };
      }),
    );
  });
}

function readMessage(call: ZApiCall): Handling {
  return reading(call.request, (body) => {
    body.text('phone');
    body.text('messageId');
    return done(() => undefined, emptyResponse(204));
  });
}

/** Deletes a message for everyone. Z-API does not say whether it existed. */
function deleteMessage({ request: { query } }: ZApiCall): Handling {
  const missing = ['messageId', 'phone', 'owner'].find((name) => !query.get(name));
  if (missing !== undefined) return rejection(`${missing} is required`);
  return done(() => undefined, emptyResponse(204));
}

/** Returns a page of the queue. */
function readQueue(call: ZApiCall): Handling {
  return reading(call.request, (body) => {
    const size = body.optionalNumber('pageSize', 1, MAX_PAGE_SIZE) ?? MAX_PAGE_SIZE;
    const from = Number(body.optionalText('pagingState') ?? 0);
    const { queue } = call.instance;
    const hasMore = from + size < queue.length;
    return read({
      messages: queue.slice(from, from + size).map(({ message, at }) => ({
        _id: message.id,
        ZaapId: message.zaapId,
        MessageId: message.id,
        InstanceId: call.account.instanceId,
        Phone: message.to,
        Message: message.text,
        DelayMessage: Number(message.body.delayMessage ?? 1),
        IsQueuedMessage: true,
        Created: at.getTime(),
        CreatedAt: at.toISOString(),
      })),
      pagingState: hasMore ? String(from + size) : null,
      hasMore,
    });
  });
}

function emptyQueue({ instance }: ZApiCall): Handling {
  return done(() => {
    instance.queue = [];
  });
}

function cancelQueued({ instance, parameter }: ZApiCall): Handling {
  return done(() => {
    instance.queue = instance.queue.filter(({ message }) => message.zaapId !== parameter);
  });
}

function notifySentByMe(call: ZApiCall): Handling {
  return reading(call.request, (body) => {
    const wanted = body.optionalBoolean('notifySentByMe') === true;
    return done(() => {
      call.instance.tellsSentByMe = wanted;
    });
  });
}

function setAddress(call: ZApiCall, addresses: readonly CallbackAddress[]): Handling {
  return reading(call.request, (body) => {
    const value = body.optionalText('value') ?? '';
    if (value !== '' && !URL.canParse(value)) body.addIssue('value', 'malformed', 'must be a URL');
    const wanted = body.optionalBoolean('notifySentByMe');
    return done(() => {
      for (const address of addresses) {
        if (value === '') call.instance.addresses.delete(address);
        else call.instance.addresses.set(address, value);
      }
      if (wanted !== undefined) call.instance.tellsSentByMe = wanted;
    });
  });
}
