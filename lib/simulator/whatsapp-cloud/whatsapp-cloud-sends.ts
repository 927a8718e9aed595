import { BodyCheck } from '../checks/body-check.js';
import { wamid } from '../identifiers.js';
import { isJsonObject, type JsonObject, parsedJson } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { PeopleStore } from '../people/people-store.js';
import type { Handling } from '../provider-simulation.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';
import type { SimulatedWhatsAppCloudAccount } from '../simulated-account.interface.js';
import { type TemplateIssue, templateIssue, unknownTemplate } from '../templates/template-check.js';
import { templateContent } from '../templates/template-content.js';
import type { TemplateStore } from '../templates/template-store.js';
import type { CustomerWindows } from '../windows/customer-windows.js';
import { cloudNotSimulated, metaBodyError, metaError, metaTemplateError } from './whatsapp-cloud.errors.js';
import { readCloudMessage } from './whatsapp-cloud-bodies.js';
import { otherInteractiveKind } from './whatsapp-cloud-interactive.js';

type TemplatedContent = Partial<Pick<AcceptedMessage, 'template' | 'text' | 'buttons'>>;

const WINDOW_CLOSED = {
  code: 131047,
  text: 'Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
};

/** The requests that send a message, or mark one as read. */
export class CloudSends {
  constructor(
    private readonly people: PeopleStore,
    private readonly templates: TemplateStore,
    private readonly windows: CustomerWindows,
  ) {}

  handle(text: string, account: SimulatedWhatsAppCloudAccount): Handling {
    const body = parsedJson(text);
    if (!isJsonObject(body)) return rejected(metaError(400, 100, 'The body must be a JSON object'));
    if (body.status !== undefined) return markAsRead(new BodyCheck(body), account.name);
    const other = isJsonObject(body.interactive) && otherInteractiveKind(new BodyCheck(body.interactive));
    if (other) return rejected(cloudNotSimulated(`interactive messages of the type ${other}`));
    return this.send(body, account);
  }

  private send(body: JsonObject, account: SimulatedWhatsAppCloudAccount): Handling {
    const check = new BodyCheck(body);
    const { recipient, ...reading } = readCloudMessage(check);
    const [issue] = check.issues;
    if (issue) return rejected(metaBodyError(issue));
    const templated = body.type === 'template' ? this.templated(body, account) : {};
    if ('code' in templated) return rejected(metaTemplateError(templated));
    const person = this.people.at(reading.to);
    const isGroup = body.recipient_type === 'group';
    const mayWrite = body.type === 'template' || isGroup || this.windows.isOpen(account.name, person);
    const mode = mayWrite ? 'off' : this.windows.modeOf(account.name);
    if (mode === 'response') return rejected(metaError(400, WINDOW_CLOSED.code, WINDOW_CLOSED.details));
    const isNumber = reading.to !== recipient && !isGroup;
    const waId = person.phone ?? reading.to.replace(/\D/g, '');
    const id = wamid(isNumber ? waId : reading.to);
    const status = body.type === 'template' && { message_status: templated.template?.messageStatus ?? 'accepted' };
    return {
      kind: 'accepted',
      answer: jsonResponse(200, {
        messaging_product: 'whatsapp',
        contacts: [{ input: reading.to, ...(isNumber && { wa_id: waId }), ...(recipient && { user_id: recipient }) }],
        messages: [{ id, ...status }],
      }),
      message: {
        id,
        provider: 'whatsapp-cloud',
        account: account.name,
        endpoint: 'messages',
        ...reading,
        ...templated,
        body,
      },
      ...(mode === 'status' && { callbacks: [{ kind: 'deliver', status: 'failed', reason: WINDOW_CLOSED }] }),
    };
  }

  /** Returns what a template says, or why it cannot be sent. Without any template, an account may send all. */
  private templated(
    body: JsonObject,
    { businessAccountId }: SimulatedWhatsAppCloudAccount,
  ): TemplatedContent | TemplateIssue {
    const known = this.templates.of(businessAccountId);
    if (known.length === 0) return {};
    const sent = new BodyCheck(body).object('template');
    const [name, language] = [sent.text('name'), sent.object('language').text('code')];
    const template = known.find((one) => one.name === name && one.language === language);
    if (!template) return unknownTemplate(name, language);
    const issue = templateIssue(template, sent);
    if (issue) return issue;
    const { text, buttons, cards } = templateContent(template, sent);
    return { template, text, buttons: [...buttons, ...cards.flatMap((card) => card.buttons)] };
  }
}

function rejected(answer: HttpResponse): Handling {
  return { kind: 'refused', answer };
}

function markAsRead(body: BodyCheck, account: string): Handling {
  body.word('messaging_product', ['whatsapp']);
  body.word('status', ['read']);
  const messageId = body.text('message_id');
  const isTyping = body.optionalObject('typing_indicator')?.word('type', ['text']) !== undefined;
  const [issue] = body.issues;
  if (issue) return rejected(metaBodyError(issue));
  return { kind: 'done', answer: jsonResponse(200, { success: true }), read: { account, messageId, isTyping } };
}
