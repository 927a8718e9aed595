import { WhatsAppBusinessSDK, WhatsAppBusinessSDKError } from '@microfox/whatsapp-business';
import { z } from 'zod';
import { only } from '../only.js';
import type { CloudClientFactory } from './cloud-client.interface.js';

const accepted = z.object({ messages: z.array(z.object({ id: z.string() })) });
const done = z.object({ success: z.boolean() });

export const microfox: CloudClientFactory = (account) => {
  const { baseUrl, accessToken, phoneNumberId } = account;
  const client = new WhatsAppBusinessSDK({
    phoneNumberId,
    businessAccountId: 'not-used',
    accessToken,
    version: 'v21.0',
    baseUrl: `${baseUrl}/v21.0`,
  });
  const idOf = async (answer: Promise<{ data?: unknown }>) => only(accepted.parse((await answer).data).messages).id;
  return {
    name: '@microfox/whatsapp-business',
    sendText: (to, text) => idOf(client.sendTextMessage(to, text)),
    sendButtons: (to, text, choices) => {
      const buttons = choices.map(({ id, title }) => ({ type: 'reply' as const, reply: { id, title } }));
      return idOf(client.sendInteractiveMessage(to, { type: 'button', body: { text }, action: { buttons } }));
    },
    sendList: (to, text, button, rows) => {
      const sections = [{ title: 'All', rows: rows.map((row) => ({ ...row })) }];
      return idOf(client.sendInteractiveMessage(to, { type: 'list', body: { text }, action: { button, sections } }));
    },
    sendTemplate: (to, name, language, text) => {
      return idOf(
        client.sendTemplateMessage(to, name, language, [{ type: 'body', parameters: [{ type: 'text', text }] }]),
      );
    },
    markRead: async (messageId) => done.parse((await client.markMessageAsRead(messageId)).data).success,
    showTyping: async (messageId) => done.parse((await client.sendTypingIndicator({ messageId })).data).success,
    codeOf: async (error) => (error instanceof WhatsAppBusinessSDKError ? error.code : error),
  };
};
