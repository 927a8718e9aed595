import { hexadecimal } from '../identifiers.js';
import type { AccountNews } from '../inbound/account-news.interface.js';
import type { Inbound } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { PeopleStore } from '../people/people-store.js';
import { type Handling, type ProviderRequest, ProviderSimulation, type StatusUpdate } from '../provider-simulation.js';
import { decodedPart } from '../server/decoded-part.js';
import { emptyResponse, jsonResponse } from '../server/http-response.js';
import { notSimulated } from '../server/not-simulated.js';
import type { SimulatedZApiAccount } from '../simulated-account.interface.js';
import { zApiAccounts } from './z-api.accounts.js';
import { isZApiGroup, zApiAccountNews, zApiEcho, zApiStatus } from './z-api.callbacks.js';
import { zApiInbound, zApiMessageId } from './z-api.inbound.js';
import { zApiContent } from './z-api.phone-content.js';
import { reading, rejection } from './z-api-call.js';
import { Z_API_CALLS } from './z-api-calls.js';
import { ZApiInstances } from './z-api-instances.js';
import { Z_API_SENDS, type ZApiSend } from './z-api-sends.js';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
/** Paths that integrators have tried, and that do not exist. */
const UNKNOWN_PATHS: ReadonlySet<string> = new Set(['', 'send-button-list-image', 'send-button-list-video']);

/** Simulates Z-API as documented. Undocumented behaviour follows reports of integrators. */
export class ZApiSimulation extends ProviderSimulation {
  readonly phoneContent = zApiContent;
  readonly accounts = zApiAccounts(this.baseUrl);
  private readonly instances = new ZApiInstances();

  constructor(root: string, people: PeopleStore) {
    super('z-api', root, people);
  }

  handle(request: ProviderRequest): Handling {
    return this.download(request) ?? this.call(request);
  }

  private call(request: ProviderRequest): Handling {
    const address = /^\/instances\/([^/]+)\/token\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/.exec(request.path);
    const [, instanceId = '', token = '', endpoint = '', parameter] = (address ?? []).map(
      (part) => part && decodedPart(part),
    );
    const misdirected = this.routed(request, endpoint, parameter);
    if (misdirected) return misdirected;
    const account = this.admitted(request, instanceId, token);
    if ('kind' in account) return account;
    const send = Z_API_SENDS.get(endpoint);
    if (send) return this.send(send, endpoint, request, account);
    const play = Z_API_CALLS.get(callOf(request.method, endpoint, parameter)) ?? (() => NOT_FOUND);
    const { people } = this;
    return play({ request, parameter: parameter ?? '', account, instance: this.instances.of(account.name), people });
  }

  statusUpdate(message: AcceptedMessage, statusUpdate: StatusUpdate): JsonObject {
    const { instanceId } = this.accounts.get(message.account);
    return zApiStatus(message, statusUpdate, this.people.at(message.to), instanceId);
  }

  inbound(account: string, inbound: Inbound): JsonObject {
    const { instanceId } = this.accounts.get(account);
    return zApiInbound(inbound, instanceId, this.fileUrl(inbound.content));
  }

  echo(message: AcceptedMessage): JsonObject {
    return zApiEcho(message, this.people.at(message.to), this.accounts.get(message.account).instanceId);
  }

  accountNews(account: string, news: AccountNews): JsonObject {
    const body = zApiAccountNews(news, this.accounts.get(account).instanceId);
    const instance = this.instances.of(account);
    if (news.type === 'disconnected') instance.isConnected = false;
    if (news.type === 'connected') {
      instance.isConnected = true;
      instance.queue = [];
    }
    return body;
  }

  override webhookAddress(account: string, body: JsonObject): string | undefined {
    return this.instances.of(account).addressFor(body);
  }

  groupOf({ to }: AcceptedMessage): string | undefined {
    return isZApiGroup(to) ? to : undefined;
  }

  webhookCredentials(account: string): Record<string, string> {
    return { 'z-api-token': this.accounts.get(account).token };
  }

  /** Checks the operation before the credentials, like the framework whose responses Z-API returns. */
  private routed(request: ProviderRequest, endpoint: string, parameter: string | undefined): Handling | undefined {
    const { method } = request;
    const known = METHODS.filter((verb) => this.supports(verb, endpoint, parameter));
    if (known.length === 0) {
      if (UNKNOWN_PATHS.has(endpoint) || METHODS.some((verb) => this.supports(verb, endpoint, undefined)))
        return NOT_FOUND;
      return { kind: 'refused', answer: notSimulated(`${method} ${endpoint}`) };
    }
    if (!known.some((verb) => verb === method)) {
      return { kind: 'refused', answer: emptyResponse(405, { allow: known.join(', ') }) };
    }
    const hasJson = /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');
    if (method !== 'GET' && method !== 'DELETE' && !hasJson) return { kind: 'refused', answer: emptyResponse(415) };
    return undefined;
  }

  private supports(verb: string, endpoint: string, parameter: string | undefined): boolean {
    if (Z_API_SENDS.has(endpoint)) return verb === 'POST' && parameter === undefined;
    return Z_API_CALLS.has(callOf(verb, endpoint, parameter));
  }

  private admitted(request: ProviderRequest, instanceId: string, token: string): SimulatedZApiAccount | Handling {
    const clientToken = request.headers['client-token'];
    if (!clientToken) return rejection('your client-token is not configured');
    const account = this.accounts.find((known) => known.instanceId === instanceId && known.token === token);
    const isAllowed = account
      ? account.clientToken === clientToken
      : this.accounts.find((known) => known.clientToken === clientToken);
    if (!isAllowed) return rejection('Client-Token not allowed', 403);
    return account ?? rejection('Instance not found');
  }

  private send(read: ZApiSend, endpoint: string, request: ProviderRequest, account: SimulatedZApiAccount): Handling {
    return reading(request, (check, body) => {
      const id = zApiMessageId();
      const zaapId = hexadecimal(32);
      const message = { id, zaapId, provider: this.name, account: account.name, endpoint, ...read(check), body };
      const instance = this.instances.of(account.name);
      return {
        kind: 'accepted',
        answer: jsonResponse(200, { zaapId, messageId: id, id }),
        message,
        settle: () => {
          if (!instance.isConnected) instance.queue = [...instance.queue, { message, at: new Date() }];
        },
      };
    });
  }
}

const NOT_FOUND: Handling = {
  kind: 'refused',
  answer: jsonResponse(404, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }),
};

function callOf(verb: string, endpoint: string, parameter: string | undefined): string {
  const whole = `${verb} ${endpoint}/${parameter}`;
  if (parameter === undefined) return `${verb} ${endpoint}`;
  return Z_API_CALLS.has(whole) ? whole : `${verb} ${endpoint}/*`;
}
