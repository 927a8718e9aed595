import { WhatsAppAPI } from 'whatsapp-api-js';
import {
  ActionButtons,
  ActionCTA,
  ActionList,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Interactive,
  ListSection,
  Row,
  Template,
  Text,
} from 'whatsapp-api-js/messages';
import { z } from 'zod';
import { only } from '../only.js';
import type { Choice, CloudClientFactory, Heard } from './cloud-client.interface.js';

const VENDOR = 'https://graph.facebook.com';
const parameters = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string(),
});

class RefusedError extends Error {
  constructor(readonly code: number) {
    super(`Refused with the code ${code}`);
  }
}

export const whatsappApiJs: CloudClientFactory = (account) => {
  const { baseUrl, accessToken: token, phoneNumberId, appSecret, verifyToken } = account;
  // This client's URL is fixed, but it accepts another fetch.
  const fetchFromSimulator: typeof fetch = (input, init) => fetch(String(input).replace(VENDOR, baseUrl), init);
  const client = new WhatsAppAPI({
    token,
    appSecret,
    webhookVerifyToken: verifyToken,
    v: 'v26.0',
    ponyfill: { fetch: fetchFromSimulator },
  });
  const send = async (recipient: { phone?: string; bsuid?: string }, message: Text | Interactive | Template) => {
    const { phone, bsuid = '' } = recipient;
    const answer = await client.sendMessage(
      phoneNumberId,
      { bsuid, ...(phone === undefined ? {} : { phone }) },
      message,
    );
    if ('messages' in answer) return only(answer.messages).id;
    throw new RefusedError(answer.error.code);
  };
  const some = <T>([first, ...rest]: readonly [Choice, ...Choice[]], make: (choice: Choice) => T): [T, ...T[]] => {
    return [make(first), ...rest.map(make)];
  };
  return {
    name: 'whatsapp-api-js',
    sendText: (phone, body) => send({ phone }, new Text(body)),
    sendButtons: (phone, text, choices) => {
      const buttons = new ActionButtons(...some(choices, ({ id, title }) => new Button(id, title)));
      return send({ phone }, new Interactive(buttons, new Body(text)));
    },
    sendList: (phone, text, label, rows) => {
      const section = new ListSection('All', ...some(rows, ({ id, title }) => new Row(id, title)));
      return send({ phone }, new Interactive(new ActionList(label, section), new Body(text)));
    },
    sendCtaUrl: (phone, text, label, url) =>
      send({ phone }, new Interactive(new ActionCTA(label, url), new Body(text))),
    sendTemplate: (phone, name, language, word) => {
      return send({ phone }, new Template(name, language, new BodyComponent(new BodyParameter(word))));
    },
    sendTextToUser: (bsuid, text) => send({ bsuid }, new Text(text)),
    markRead: async (messageId) => {
      const answer = await client.markAsRead(phoneNumberId, messageId);
      return 'success' in answer && answer.success;
    },
    showTyping: async (messageId) => {
      const answer = await client.markAsRead(phoneNumberId, messageId, 'text');
      return 'success' in answer && answer.success;
    },
    admits: ({ headers, body }) => client.verifyRequestSignature(body, headers['x-hub-signature-256'] ?? ''),
    hear: async ({ headers, body }) => {
      const messages: Heard['messages'][number][] = [];
      const presses: Heard['presses'][number][] = [];
      const texts: Heard['texts'][number][] = [];
      const statuses: Heard['statuses'][number][] = [];
      client.on.message = ({ message, contact: { wa_id: from, user_id: userId } }) => {
        messages.push({ type: message.type, from, userId });
        if (message.type === 'text') texts.push({ text: message.text.body, from });
        if (message.type !== 'interactive') return;
        const { interactive } = message;
        const inReplyTo = message.context?.id;
        if (interactive.type === 'button_reply') presses.push({ ...interactive.button_reply, inReplyTo, from });
        if (interactive.type === 'list_reply') {
          const { id, title } = interactive.list_reply;
          presses.push({ id, title, inReplyTo, from });
        }
      };
      client.on.status = ({ id, status, error }) => {
        statuses.push({ id, status, code: error?.code });
      };
      await client.post(JSON.parse(body), body, headers['x-hub-signature-256'] ?? '');
      return { messages, presses, texts, statuses };
    },
    verify: async (query) => {
      try {
        return client.get(parameters.parse(Object.fromEntries(query)));
      } catch {
        return undefined;
      }
    },
    codeOf: async (error) => (error instanceof RefusedError ? error.code : error),
  };
};
