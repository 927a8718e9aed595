import { BodyCheck } from '../checks/body-check.js';
import { hexadecimal } from '../identifiers.js';
import { isJsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { allReceipts } from '../phones/receipts.js';
import type { Handling, MessageAct, ProviderRequest, ProviderSimulation } from '../provider-simulation.interface.js';
import { type Answer, emptyAnswer, jsonAnswer } from '../server/answer.js';
import type { SimulatedZApiAccount } from '../simulated-account.interface.js';
import { zApiCallback } from './z-api.callbacks.js';
import { zApiDrawing } from './z-api.drawing.js';
import { zApiSends } from './z-api-sends.js';

/** Z-API as documented, and where the documents are silent, as integrators have met it. */
export class ZApiSimulation implements ProviderSimulation {
  readonly name = 'z-api';
  readonly pathPrefix = '/z-api';
  readonly drawing = zApiDrawing;
  readonly receipts = allReceipts;
  private readonly credentials = {
    instanceId: '51A1A7ED0000000000000000000000A1',
    token: '70CE700000000000000000A1',
    clientToken: 'F51A1A7EDC11E4770CE70000000000A1S',
  };

  constructor(private readonly root: string) {}

  account(): SimulatedZApiAccount {
    return { provider: this.name, name: this.name, ...this.credentials, baseUrl: this.root + this.pathPrefix };
  }

  handle(request: ProviderRequest): Handling {
    const address = /^\/instances\/([^/]+)\/token\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(request.path);
    const [, instanceId = '', token = '', endpoint = '', parameter] = (address ?? []).map(decoded);
    const refusal = this.routed(request, endpoint, parameter) ?? this.admitted(request, instanceId, token);
    if (refusal) return { kind: 'refused', answer: refusal };
    if (request.method === 'GET') return { kind: 'read', answer: reading(endpoint, parameter ?? '') };
    return this.send(endpoint, request.body);
  }

  rateLimited(): Answer {
    return jsonAnswer(429, { error: 'Too many requests' });
  }

  callback(message: AcceptedMessage, act: MessageAct): ReturnType<typeof zApiCallback> {
    return zApiCallback(message, act, this.credentials.instanceId);
  }

  addressee(message: AcceptedMessage): string {
    return message.to;
  }

  webhookCredentials(): Record<string, string> {
    return { 'z-api-token': this.credentials.token };
  }

  /** The way to an endpoint comes before the credentials, as in the frameworks whose words Z-API answers. */
  private routed(request: ProviderRequest, endpoint: string, parameter: string | undefined): Answer | undefined {
    const sends = zApiSends.has(endpoint) && parameter === undefined;
    const asks = parameter === undefined ? endpoint === 'status' : endpoint === 'phone-exists';
    if (!sends && !asks) {
      return jsonAnswer(404, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' });
    }
    if (request.method !== (sends ? 'POST' : 'GET')) return emptyAnswer(405, { allow: sends ? 'POST' : 'GET' });
    if (sends && !/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) return emptyAnswer(415);
    return undefined;
  }

  private admitted(request: ProviderRequest, instanceId: string, token: string): Answer | undefined {
    const clientToken = request.headers['client-token'];
    if (!clientToken) return refused('your client-token is not configured');
    if (clientToken !== this.credentials.clientToken) return refused('Client-Token not allowed', 403);
    const known = instanceId === this.credentials.instanceId && token === this.credentials.token;
    return known ? undefined : refused('Instance not found');
  }

  private send(endpoint: string, text: string): Handling {
    const body = parsedJson(text);
    const read = zApiSends.get(endpoint);
    if (!isJsonObject(body) || !read) return { kind: 'refused', answer: refused('The body must be a JSON object') };
    const check = new BodyCheck(body);
    const message = read(check);
    const [fault] = check.faults;
    if (fault) return { kind: 'refused', answer: refused(fault.message) };
    const id = `3EB0${hexadecimal(16)}`;
    return {
      kind: 'accepted',
      answer: jsonAnswer(200, { zaapId: hexadecimal(32), messageId: id, id }),
      message: { id, provider: this.name, account: this.name, endpoint, ...message, body },
    };
  }
}

function reading(endpoint: string, phone: string): Answer {
  if (endpoint === 'status') {
    return jsonAnswer(200, { connected: true, error: 'You are already connected', smartphoneConnected: true });
  }
  if (!/^\d+$/.test(phone)) return refused('phone must be a number of digits only');
  const exists = !phone.endsWith('0000');
  return jsonAnswer(200, [exists ? { exists, phone, lid: `${lidOf(phone)}@lid` } : { exists, phone }]);
}

function lidOf(phone: string): string {
  return [...phone].reverse().join('');
}

function refused(error: string, status = 400): Answer {
  return jsonAnswer(status, { error });
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part === undefined ? undefined : decodeURIComponent(part);
  } catch {
    return '';
  }
}
