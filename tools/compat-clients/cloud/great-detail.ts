import { Client, MessageType } from '@great-detail/whatsapp';
import { z } from 'zod';
import type { Callback } from '../callback-address.js';
import { only } from '../only.js';
import type { CloudClientFactory } from './cloud-client.interface.js';

const reply = z.object({ id: z.string(), title: z.string() });
const interactive = z.object({ button_reply: reply.optional(), list_reply: reply.optional() });
// The client's type of a status has no errors.
const failure = z.object({ errors: z.array(z.object({ code: z.number() })).optional() });
const refusal = z.object({ response: z.instanceof(Response) });
const graphError = z.object({ error: z.object({ code: z.number() }) });

export const greatDetail: CloudClientFactory = (account) => {
  const { baseUrl, accessToken, phoneNumberId: phoneNumberID, appSecret, verifyToken } = account;
  const headers = { Authorization: `Bearer ${accessToken}` };
  const { message, webhook } = new Client({ prefixUrl: baseUrl, request: { headers, retry: 0 } });
  const sendInteractive = async (to: string, content: unknown) => {
    const answer = await message
      .createMessage({ phoneNumberID, to, type: MessageType.Interactive, interactive: content })
      .json();
    return only(answer.messages).id;
  };
  const eventOf = ({ headers, body }: Callback) => {
    return webhook.eventNotification({ method: 'POST', query: {}, headers, body });
  };
  return {
    name: '@great-detail/whatsapp',
    sendText: async (to, body) => {
      const sent = message.createMessage({ phoneNumberID, to, type: MessageType.Text, text: { body } });
      return only((await sent.json()).messages).id;
    },
    sendButtons: (to, text, choices) => {
      const buttons = choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
      return sendInteractive(to, { type: 'button', body: { text }, action: { buttons } });
    },
    sendList: (to, text, button, rows) => {
      return sendInteractive(to, {
        type: 'list',
        body: { text },
        action: { button, sections: [{ title: 'All', rows }] },
      });
    },
    sendCtaUrl: (to, text, label, url) => {
      const action = { name: 'cta_url', parameters: { display_text: label, url } };
      return sendInteractive(to, { type: 'cta_url', body: { text }, action });
    },
    sendTemplate: async (to, name, code, text) => {
      const sent = message.createMessage({
        phoneNumberID,
        to,
        type: MessageType.Template,
        template: { name, language: { code }, components: [{ type: 'body', parameters: [{ type: 'text', text }] }] },
      });
      return only((await sent.json()).messages).id;
    },
    markRead: async (message_id) => {
      return (await message.createStatus({ phoneNumberID, status: 'read', message_id }).json()).success === true;
    },
    showTyping: async (message_id) => {
      const typing_indicator = { type: 'text' as const };
      const sent = message.createStatus({ phoneNumberID, status: 'read', message_id, typing_indicator });
      return (await sent.json()).success === true;
    },
    admits: async (callback) => (await eventOf(callback)).checkSignature(appSecret),
    hear: async (callback) => {
      const { eventNotification } = await eventOf(callback);
      const values = eventNotification.entry.flatMap(({ changes }) =>
        changes.flatMap((change) => (change.field === 'messages' ? [change.value] : [])),
      );
      const messages = values.flatMap((value) => value.messages ?? []);
      const userId = values.flatMap((value) => value.contacts ?? []).at(0)?.user_id;
      return {
        messages: messages.map(({ type, from }) => ({ type, from, userId })),
        presses: messages.flatMap((heard) => {
          if (heard.type !== 'interactive') return [];
          const { button_reply, list_reply } = interactive.parse(heard.interactive);
          const chosen = button_reply ?? list_reply;
          return chosen ? [{ ...chosen, inReplyTo: heard.context?.id, from: heard.from }] : [];
        }),
        texts: messages.flatMap((heard) =>
          heard.type === 'text' ? [{ text: heard.text.body, from: heard.from }] : [],
        ),
        statuses: values
          .flatMap((value) => value.statuses ?? [])
          .map((heard) => ({ id: heard.id, status: heard.status, code: failure.parse(heard).errors?.[0]?.code })),
      };
    },
    verify: async (query) => {
      const registration = await webhook.register({
        method: 'GET',
        query: Object.fromEntries(query),
        headers: {},
        body: '',
      });
      return registration.verifyToken === verifyToken ? registration.accept() : undefined;
    },
    codeOf: async (error) => {
      const { response } = refusal.parse(error);
      return graphError.parse(await response.json()).error.code;
    },
  };
};
