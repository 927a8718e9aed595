import { BodyCheck } from '../checks/body-check.js';
import { chatvoltId } from '../identifiers.js';
import type { JsonObject } from '../json.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import type { Handling } from '../provider-simulation.js';
import { jsonResponse } from '../server/http-response.js';
import type { SimulatedChatvoltAccount } from '../simulated-account.interface.js';
import { bodyRejection, rejected } from './chatvolt.answers.js';
import { CHATVOLT_SENDS, type ChatvoltReading, channelsOf } from './chatvolt-sends.js';
import { CHATVOLT_TEMPLATES } from './chatvolt-templates.js';
import type { SimulatedConversation } from './conversation.interface.js';
import { type ConversationStore, recordOf } from './conversation-store.js';

/** Handles the messages that one key can send. */
export class ChatvoltMessages {
  constructor(
    private readonly conversations: ConversationStore,
    /** The accounts of the key. */
    private readonly accounts: readonly [SimulatedChatvoltAccount, ...SimulatedChatvoltAccount[]],
    /** Whether an agent belongs to another organization. */
    private readonly isForeign: (agentId: string) => boolean,
  ) {}

  interactive(endpoint: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const reading = CHATVOLT_SENDS.get(endpoint)?.(check);
    const rejection = bodyRejection(check);
    if (rejection || !reading) return rejection ?? rejected(404, 'NOT_FOUND');
    const account = this.accountOf(String(body.agentId));
    if ('kind' in account) return account;
    const conversation = this.conversations.find(String(body.conversationId));
    if (!conversation || conversation.agentId !== account.agentId) return rejected(404, 'NOT_FOUND');
    const carries = channelsOf(endpoint).some((channel) => conversation.channel.startsWith(channel));
    if (!carries) return rejected(500, 'Unsupported Communication Channel.');
    return this.accepted(account, endpoint, conversation.id, conversation, body, reading);
  }

  text(key: 'conversationId' | 'phone' | 'email', value: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const text = check.text('message');
    const agentId = key === 'conversationId' ? check.optionalText('agentId') : check.text('agentId');
    const channel = key === 'conversationId' ? '' : check.text('channel');
    if (key === 'phone' && !/^\d+$/.test(value)) check.addIssue('phone', 'malformed', 'must contain digits only');
    if (key === 'email' && !value.includes('@')) check.addIssue('email', 'malformed', 'must be an email address');
    const rejection = bodyRejection(check);
    if (rejection) return rejection;
    const account = agentId === undefined ? this.accounts[0] : this.accountOf(agentId);
    if ('kind' in account) return account;
    const conversation =
      key === 'conversationId'
        ? this.conversations.find(value)
        : this.conversations.privateWith({ agentId: account.agentId, channel, channelExternalId: value });
    if (conversation)
      return this.accepted(account, 'conversation/message', value, conversation, body, { text, buttons: [] });
    return key === 'conversationId' ? rejected(404, 'NOT_FOUND') : rejected(500, 'No Conversation found');
  }

  /** Handles a template, which opens the conversation. The response is the conversation with all its messages. */
  template(body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const to = check.text('to', { pattern: /^\+?\d+$/, expected: 'a phone number' });
    const agentId = check.text('agentId');
    const name = check.text('templateName');
    check.text('templateLangCode');
    const text = check.optionalText('text') || name;
    const buttons = check.optionalListed('buttons').map(templateButton);
    const rejection = bodyRejection(check);
    if (rejection) return rejection;
    const account = this.accountOf(agentId);
    if ('kind' in account) return account;
    const channelExternalId = to.replace('+', '');
    const conversation = this.conversations.with({ agentId: account.agentId, channel: 'whatsapp', channelExternalId });
    const sent = this.accepted(account, 'template-message', to, conversation, body, { text, buttons });
    if (sent.kind !== 'accepted') return sent;
    const records = [
      ...this.conversations.recordsOf(conversation.id),
      recordOf(sent.message.id, conversation.id, text, 'human'),
    ];
    return { ...sent, answer: jsonResponse(200, { ...conversation, messages: records }) };
  }

  /** Handles a text through a connected phone's instance, which opens the conversation. The response is the message. */
  byInstance(channel: 'zapi' | 'zapper', phone: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const text = check.text('message');
    if (!/^\d+$/.test(phone)) check.addIssue('contactPhone', 'malformed', 'must contain digits only');
    const rejection = bodyRejection(check);
    if (rejection) return rejection;
    const [account] = this.accounts;
    const conversation = this.conversations.with({ agentId: account.agentId, channel, channelExternalId: phone });
    const sent = this.accepted(account, `${channel}/message`, phone, conversation, body, { text, buttons: [] });
    if (sent.kind !== 'accepted') return sent;
    return { ...sent, answer: jsonResponse(200, recordOf(sent.message.id, conversation.id, text, 'human')) };
  }

  /** Handles whether the AI replies in a conversation. */
  setAiEnabled(conversationId: string, body: JsonObject): Handling {
    const check = new BodyCheck(body);
    const enabled = check.optionalBoolean('enabled');
    if (!check.has('enabled')) check.addIssue('enabled', 'missing', 'is required');
    const rejection = bodyRejection(check);
    if (rejection) return rejection;
    const conversation = this.conversations.find(conversationId);
    const isOwn = this.accounts.some(({ agentId }) => agentId === conversation?.agentId);
    if (!isOwn) return rejected(404, 'NOT_FOUND');
    return {
      kind: 'done',
      answer: jsonResponse(200, { success: true, message: 'AI status updated' }),
      settle: () => this.conversations.setAiEnabled(conversationId, enabled === true),
    };
  }

  /** Returns the templates of an agent. */
  templates(agentId: string): Handling {
    const account = this.accountOf(agentId);
    return 'kind' in account ? account : { kind: 'read', answer: jsonResponse(200, CHATVOLT_TEMPLATES) };
  }

  private accountOf(agentId: string): SimulatedChatvoltAccount | Handling {
    const account = this.accounts.find((known) => known.agentId === agentId);
    return account ?? (this.isForeign(agentId) ? rejected(403, 'FORBIDDEN') : rejected(404, 'NOT_FOUND'));
  }

  private accepted(
    account: SimulatedChatvoltAccount,
    endpoint: string,
    to: string,
    conversation: SimulatedConversation,
    body: JsonObject,
    reading: ChatvoltReading,
  ): Handling {
    const id = chatvoltId();
    const conversationId = conversation.id;
    return {
      kind: 'accepted',
      answer: jsonResponse(200, { success: true, message: { id, conversationId } }),
      message: { id, provider: 'chatvolt', account: account.name, endpoint, to, conversationId, ...reading, body },
      settle: () => {
        this.conversations.add(conversation);
        this.conversations.note(recordOf(id, conversationId, reading.text, 'human'));
      },
    };
  }
}

function templateButton(button: BodyCheck): SimulatedButton {
  const type = button.word('type', ['url', 'quick_reply', 'copy_code', 'flow', 'catalog']);
  const value = button.optionalText('value') ?? '';
  if (type === 'quick_reply') return { id: value, title: value, type: 'reply' };
  return { id: '', title: value, type: type === 'copy_code' ? 'copy' : 'url' };
}
