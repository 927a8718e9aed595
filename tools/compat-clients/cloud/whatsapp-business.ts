import { WABAClient } from 'whatsapp-business';
import { z } from 'zod';
import { only } from '../only.js';
import type { CloudClientFactory } from './cloud-client.interface.js';

const refusal = z.object({ code: z.number() });

export const whatsappBusiness: CloudClientFactory = ({ baseUrl, accessToken, phoneNumberId }) => {
  const client = new WABAClient({ apiToken: accessToken, phoneId: phoneNumberId, accountId: 'not-used' });
  // This client's URL is fixed, but its axios instance is public.
  client.restClient.fetch.defaults.baseURL = `${baseUrl}/v17.0`;
  const send = async (message: Parameters<WABAClient['sendMessage']>[0]) => {
    return only((await client.sendMessage(message)).messages).id;
  };
  return {
    name: 'whatsapp-business',
    sendText: (to, body) => send({ to, type: 'text', text: { body } }),
    sendButtons: (to, text, choices) => {
      const buttons = choices.map(({ id, title }) => ({ type: 'reply' as const, reply: { id, title } }));
      return send({ to, type: 'interactive', interactive: { type: 'button', body: { text }, action: { buttons } } });
    },
    sendTemplate: (to, name, code, text) => {
      const components = [{ type: 'body' as const, parameters: [{ type: 'text' as const, text }] }];
      return send({
        to,
        type: 'template',
        template: { name, language: { policy: 'deterministic', code }, components },
      });
    },
    markRead: async (messageId) => (await client.markMessageAsRead(messageId)).success,
    codeOf: async (error) => refusal.parse(error).code,
  };
};
