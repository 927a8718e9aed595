import type { Handling } from '../provider-simulation.js';
import { jsonResponse } from '../server/http-response.js';
import { reading, type ZApiCall } from './z-api-call.js';

const MAX_PAGE_SIZE = 30;

/** Returns a page of the queue. */
export function readQueue(call: ZApiCall): Handling {
  return reading(call, (body) => {
    const size = body.optionalNumber('pageSize', 1, MAX_PAGE_SIZE) ?? MAX_PAGE_SIZE;
    const from = Number(body.optionalText('pagingState') ?? 0);
    const { queue } = call.instance;
    const page = queue.slice(from, from + size);
    const hasMore = from + size < queue.length;
    return {
      kind: 'read',
      answer: jsonResponse(200, {
        messages: page.map(({ message, at }) => ({
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
      }),
    };
  });
}
