import type { ChatvoltSimulation } from '../chatvolt/chatvolt.simulation.js';
import type { ConversationOptions } from '../chatvolt/conversation.interface.js';
import { BodyCheck } from '../checks/body-check.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { type JsonObject, withoutUndefined } from '../json.js';
import type { SimulatorParts } from '../simulator-parts.js';
import type { WebhookPoster } from '../webhooks/webhook-poster.js';
import { readCallback, readTimes, readTiming } from './read-callbacks.js';
import { readFault } from './read-faults.js';
import { templateRoutes } from './template-routes.js';
import { windowRoutes } from './window-routes.js';

/** What the control API uses. */
export type ControlDependencies = Pick<
  SimulatorParts,
  | 'accounts'
  | 'people'
  | 'chatvolt'
  | 'faults'
  | 'callbacks'
  | 'messages'
  | 'log'
  | 'poster'
  | 'templates'
  | 'approvals'
  | 'windows'
  | 'accountWindows'
  | 'clock'
>;

/** Handles a request and returns the JSON response, or a promise of it. */
export type ControlRoute = (body: JsonObject, parameter: string) => unknown;

const PROVIDERS = ['z-api', 'chatvolt', 'whatsapp-cloud'] as const;

/** Returns the routes by method and path. `/*` stands for a name. */
export function controlRoutes(dependencies: ControlDependencies): ReadonlyMap<string, ControlRoute> {
  const { accounts, people, chatvolt, faults, callbacks, messages, log, poster } = dependencies;
  return new Map<string, ControlRoute>([
    ['GET /accounts', () => accounts.list()],
    ['POST /accounts', (body) => accounts.add(body)],
    ['PATCH /accounts/*', (body, name) => accounts.change(name, body)],
    ['DELETE /accounts/*', (_body, name) => done(() => accounts.remove(name))],
    ['GET /people', () => people.list()],
    ['POST /people', (body) => people.add(body)],
    ['GET /conversations', () => chatvolt.conversations.list()],
    ['POST /conversations', (body) => openConversation(chatvolt, body)],
    ['POST /faults', (body) => planFault(faults, body)],
    ['DELETE /faults', () => done(() => faults.clear(undefined))],
    ['POST /callbacks', (body) => planCallbacks(dependencies, body)],
    ['DELETE /callbacks', () => done(() => callbacks.clear(undefined))],
    ['GET /messages', () => messages.list()],
    ['GET /requests', () => log.list()],
    ['GET /webhooks', () => ({ url: poster.target() ?? null })],
    ['PUT /webhooks', (body) => aim(poster, body)],
    ...templateRoutes(dependencies),
    ...windowRoutes(dependencies),
  ]);
}

function done(change: () => void): JsonObject {
  change();
  return { done: true };
}

/** Parses the body. @throws TypeError with the first issue. */
function checked<T>(body: JsonObject, read: (given: BodyCheck) => T): T {
  const given = new BodyCheck(body);
  const value = read(given);
  const [issue] = given.issues;
  if (issue) throw new TypeError(issue.message);
  return value;
}

function openConversation(chatvolt: ChatvoltSimulation, body: JsonObject): unknown {
  const { phone, options } = checked(body, (given) => ({
    phone: given.optionalText('phone') ?? '',
    options: readConversation(given),
  }));
  return chatvolt.open(phone, options);
}

function readConversation(given: BodyCheck): ConversationOptions {
  if (!given.has('phone')) given.text('channelExternalId');
  return withoutUndefined({
    ...given.optionalTexts('channel', 'account', 'channelExternalId', 'whatsappChatLid'),
    isGroup: given.optionalBoolean('isGroup'),
    blocked: given.optionalBoolean('blocked'),
    listed: given.optionalBoolean('listed'),
    participants: given.has('participants') ? given.texts('participants') : undefined,
  });
}

function planFault(faults: FaultPlan, body: JsonObject): unknown {
  const { provider, times, target } = checked(body, (given) => ({
    provider: given.word('provider', PROVIDERS) ?? 'z-api',
    times: readTimes(given),
    target: given.optionalWord('target', ['sends', 'reads', 'others']) ?? 'sends',
  }));
  const fault = readFault(body.fault);
  return done(() => faults.add(provider, fault, times, target));
}

function planCallbacks({ accounts, callbacks }: ControlDependencies, body: JsonObject): unknown {
  const { account, list, timing } = checked(body, (given) => ({
    account: given.text('account'),
    list: given.objects('callbacks').map(readCallback),
    timing: readTiming(given),
  }));
  accounts.simulationOf(account);
  return done(() => callbacks.add(account, list, timing));
}

function aim(poster: WebhookPoster, body: JsonObject): unknown {
  const url = body.url === null ? undefined : checked(body, (given) => given.text('url'));
  return done(() => poster.aim(url));
}
