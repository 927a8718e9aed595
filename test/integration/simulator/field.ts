import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { buttonActions, chatvolt, chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';
import { receiveWebhooks } from './webhook-receiver.js';

/** A simulator, and an application that records its webhooks. */
export async function startField() {
  const [simulator, app] = await Promise.all([GatewaySimulator.start(), receiveWebhooks()]);
  simulator.webhooks(app.url);
  return {
    simulator,
    app,
    /** Returns the bodies received, oldest first. */
    bodies: () => app.received.map(({ json }) => json),
    close: () => Promise.all([simulator.close(), app.close()]),
  };
}

export type Field = Awaited<ReturnType<typeof startField>>;

/** Sends buttons through an account and returns the accepted message. */
export async function sendButtons(simulator: GatewaySimulator, provider: 'z-api' | 'chatvolt' | 'whatsapp-cloud') {
  if (provider === 'z-api') await zApi(simulator, 'send-button-actions', buttonActions);
  else if (provider === 'chatvolt') {
    await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator));
  } else await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages`, cloudButtons);
  const message = simulator.messages().at(-1);
  if (!message) throw new Error('nothing was accepted');
  return message;
}

/** Returns the value of the only change in a Cloud API body. */
export function cloudValue(body: unknown): unknown {
  return at(at(at(at(at(body, 'entry'), 0), 'changes'), 0), 'value');
}

export function cloudField(body: unknown): unknown {
  return at(at(at(at(at(body, 'entry'), 0), 'changes'), 0), 'field');
}

function at(value: unknown, name: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === String(name))?.[1];
}

/** Calls the simulator's own HTTP API with JSON. */
export async function control(simulator: GatewaySimulator, method: string, path: string, body?: unknown) {
  const response = await fetch(simulator.url + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  const json: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, json };
}
