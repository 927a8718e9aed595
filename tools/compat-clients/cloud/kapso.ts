import { GraphApiError, WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { z } from 'zod';
import { only } from '../only.js';
import type { CloudClientFactory } from './cloud-client.interface.js';

const reply = z.object({ id: z.string(), title: z.string() });
const interactive = z.object({ buttonReply: reply.optional(), listReply: reply.optional() });

export const kapso: CloudClientFactory = ({ baseUrl, accessToken, phoneNumberId, appSecret }) => {
  const { messages } = new WhatsAppClient({ baseUrl, accessToken, graphVersion: 'v26.0' });
  return {
    name: '@kapso/whatsapp-cloud-api',
    sendText: async (to, body) => only((await messages.sendText({ phoneNumberId, to, body })).messages).id,
    sendButtons: async (to, bodyText, choices) => {
      const answer = await messages.sendInteractiveButtons({ phoneNumberId, to, bodyText, buttons: [...choices] });
      return only(answer.messages).id;
    },
    sendList: async (to, bodyText, buttonText, rows) => {
      const sections = [{ title: 'All', rows: [...rows] }];
      const answer = await messages.sendInteractiveList({ phoneNumberId, to, bodyText, buttonText, sections });
      return only(answer.messages).id;
    },
    sendCtaUrl: async (to, bodyText, displayText, url) => {
      const parameters = { displayText, url };
      return only((await messages.sendInteractiveCtaUrl({ phoneNumberId, to, bodyText, parameters })).messages).id;
    },
    sendTemplate: async (to, name, code, text) => {
      const components = [{ type: 'body', parameters: [{ type: 'text', text }] }];
      const template = { name, language: { code }, components };
      return only((await messages.sendTemplate({ phoneNumberId, to, template })).messages).id;
    },
    sendTextToUser: async (recipient, body) => {
      const answer = await messages.sendText({ phoneNumberId, recipient, body });
      return only(answer.messages).id;
    },
    markRead: async (messageId) => (await messages.markRead({ phoneNumberId, messageId })).success,
    showTyping: async (messageId) => {
      return (await messages.markRead({ phoneNumberId, messageId, typingIndicator: { type: 'text' } })).success;
    },
    admits: async ({ headers, body }) => {
      return verifySignature({ appSecret, rawBody: body, signatureHeader: headers['x-hub-signature-256'] ?? '' });
    },
    hear: async ({ body }) => {
      const heard = normalizeWebhook(JSON.parse(body));
      return {
        messages: heard.messages.map(({ type, from, fromUserId }) => ({ type, from, userId: fromUserId })),
        presses: heard.messages.flatMap(({ interactive: choice, context, from }) => {
          const pressed = choice === undefined ? undefined : interactive.parse(choice);
          const chosen = pressed?.buttonReply ?? pressed?.listReply;
          return chosen ? [{ ...chosen, inReplyTo: context?.id, from }] : [];
        }),
        texts: heard.messages.flatMap(({ text, from }) =>
          text?.body === undefined ? [] : [{ text: text.body, from }],
        ),
        statuses: heard.statuses.map(({ id, status, errors }) => {
          return { id, status, code: z.number().optional().parse(errors?.[0]?.code) };
        }),
      };
    },
    codeOf: async (error) => (error instanceof GraphApiError ? error.code : error),
  };
};
