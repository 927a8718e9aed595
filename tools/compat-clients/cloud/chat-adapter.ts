import { createWhatsAppAdapter, WhatsAppApiError } from '@chat-adapter/whatsapp';
import { Actions, Button, Card, CardText, ConsoleLogger, LinkButton } from 'chat';
import type { CloudClientFactory } from './cloud-client.interface.js';

const ANY_ADDRESS = 'http://app.example/webhooks/whatsapp';

export const chatAdapter: CloudClientFactory = (account) => {
  const { baseUrl, accessToken, phoneNumberId, appSecret, verifyToken } = account;
  const logger = new ConsoleLogger('silent');
  const adapter = createWhatsAppAdapter({
    apiUrl: baseUrl,
    accessToken,
    phoneNumberId,
    appSecret,
    verifyToken,
    logger,
  });
  const chatWith = (userWaId: string) => adapter.encodeThreadId({ phoneNumberId, userWaId });
  return {
    name: '@chat-adapter/whatsapp',
    sendText: async (to, text) => (await adapter.postMessage(chatWith(to), text)).id,
    sendButtons: async (to, text, choices) => {
      const buttons = choices.map(({ id, title }) => Button({ id, label: title }));
      return (await adapter.postMessage(chatWith(to), Card({ children: [CardText(text), Actions(buttons)] }))).id;
    },
    sendCtaUrl: async (to, text, label, url) => {
      const actions = Actions([LinkButton({ label, url })]);
      return (await adapter.postMessage(chatWith(to), Card({ children: [CardText(text), actions] }))).id;
    },
    sendTemplate: async (to, name, language, text) => {
      const components = [{ type: 'body' as const, parameters: [{ type: 'text' as const, text }] }];
      return (await adapter.sendTemplate(chatWith(to), { name, language, components })).id;
    },
    sendTextToUser: async (userId, text) => (await adapter.postMessage(chatWith(userId), text)).id,
    markRead: async (messageId) => {
      await adapter.markAsRead(messageId);
      return true;
    },
    admits: async ({ headers, body }) => {
      return (await adapter.handleWebhook(new Request(ANY_ADDRESS, { method: 'POST', headers, body }))).ok;
    },
    verify: async (query) => {
      const answer = await adapter.handleWebhook(new Request(`${ANY_ADDRESS}?${query}`));
      return answer.ok ? answer.text() : undefined;
    },
    codeOf: async (error) => (error instanceof WhatsAppApiError ? error.errorCode : error),
  };
};
