import type {
  GatewaySimulator,
  SimulatedChatvoltAccount,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from '../../../lib/simulator/index.js';

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

export function zApiAccount(simulator: GatewaySimulator): SimulatedZApiAccount {
  const account = simulator.accounts().find(({ provider }) => provider === 'z-api');
  if (account?.provider !== 'z-api') throw new Error('no account');
  return account;
}

export function chatvoltAccount(simulator: GatewaySimulator): SimulatedChatvoltAccount {
  const account = simulator.accounts().find(({ provider }) => provider === 'chatvolt');
  if (account?.provider !== 'chatvolt') throw new Error('no account');
  return account;
}

export function cloudAccount(simulator: GatewaySimulator): SimulatedWhatsAppCloudAccount {
  const account = simulator.accounts().find(({ provider }) => provider === 'whatsapp-cloud');
  if (account?.provider !== 'whatsapp-cloud') throw new Error('no account');
  return account;
}

/** Calls the simulated Z-API with valid credentials, by POST if a body is given. */
export async function zApi(simulator: GatewaySimulator, endpoint: string, body?: unknown, init: RequestInit = {}) {
  const { baseUrl, instanceId, token, clientToken } = zApiAccount(simulator);
  return replyOf(
    await fetch(`${baseUrl}/instances/${instanceId}/token/${token}/${endpoint}`, {
      headers: { 'Client-Token': clientToken, 'Content-Type': 'application/json' },
      ...posting(body),
      ...init,
    }),
  );
}

export async function chatvolt(simulator: GatewaySimulator, path: string, body?: unknown, init: RequestInit = {}) {
  const { baseUrl, apiKey } = chatvoltAccount(simulator);
  return replyOf(
    await fetch(`${baseUrl}/${path}`, {
      headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
      ...posting(body),
      ...init,
    }),
  );
}

export async function cloud(simulator: GatewaySimulator, path: string, body?: unknown, init: RequestInit = {}) {
  const { baseUrl, accessToken } = cloudAccount(simulator);
  return replyOf(
    await fetch(`${baseUrl}/v26.0/${path}`, {
      headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
      ...posting(body),
      ...init,
    }),
  );
}

function posting(body: unknown): RequestInit {
  if (body === undefined) return {};
  return { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export const buttonActions = {
  phone: '5511999999999',
  message: 'Shall we confirm?',
  buttonActions: [
    { type: 'REPLY', id: 'yes', label: 'Yes' },
    { type: 'REPLY', id: 'no', label: 'No' },
  ],
};

export function chatvoltButtons(simulator: GatewaySimulator) {
  return {
    agentId: chatvoltAccount(simulator).agentId,
    conversationId: 'csimulatedconversation001',
    body_text: 'How can we help?',
    button_1_id: 'sales',
    button_1_title: 'Sales',
    button_2_id: 'support',
    button_2_title: 'Support',
  };
}

export const cloudButtons = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '5511999999999',
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'Shall we confirm?' },
    action: {
      buttons: [
        { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
        { type: 'reply', reply: { id: 'no', title: 'No' } },
      ],
    },
  },
};

export const cloudList = {
  ...cloudButtons,
  interactive: {
    type: 'list',
    body: { text: 'When?' },
    action: {
      button: 'Choose',
      sections: [{ title: 'Days', rows: [{ id: 'mon', title: 'Monday', description: 'at nine' }] }],
    },
  },
};
