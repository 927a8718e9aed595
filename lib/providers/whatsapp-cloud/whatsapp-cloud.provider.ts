import type { WhatsAppCloudAccount } from '../../config/account.js';
import type { ButtonMessage } from '../../message/button-message.interface.js';
import type { HttpAnswer } from '../../transport/http-answer.js';
import type { DtoValidator } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { isSuccess } from '../answer-errors.js';
import type { Accepted, Mapping, MessagingProvider, OutgoingMessage, SendLimits } from '../messaging-provider.js';
import { numberedMapping } from '../numbered-mapping.js';
import type { ProviderClient, Wire } from '../provider-client.js';
import type { CloudMessageDto } from './dto/index.js';
import { whatsAppCloudEntrance } from './whatsapp-cloud.entrance.js';
import { whatsAppCloudError } from './whatsapp-cloud.errors.js';
import { type CloudForm, CTA_URL, outgoingOf, REPLY_BUTTONS, TEXT } from './whatsapp-cloud.forms.js';
import { type CloudMapping, mapToCloud, mapToCloudText } from './whatsapp-cloud.mapper.js';

/** The id that WhatsApp gave a message. It is accepted; what became of it comes by webhook. */
export interface CloudSendResult {
  /** `wamid.…`; statuses and replies name it. */
  messageId: string;
  /** The recipient as WhatsApp knows it, which may differ from the number given. */
  waId?: string;
}

const WIRE: Wire<WhatsAppCloudAccount, CloudSendResult> = {
  enter: whatsAppCloudEntrance,
  read: readSend,
  messageId: (result) => result.messageId,
};

/** The WhatsApp Cloud API for `ButtonMessagingService`. */
export class WhatsAppCloudProvider implements MessagingProvider<WhatsAppCloudAccount, CloudSendResult> {
  readonly name = 'whatsapp-cloud';

  constructor(
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
  ) {}

  map(message: ButtonMessage): Mapping {
    return this.mappingOf(mapToCloud(message));
  }

  mapText(message: ButtonMessage): Mapping {
    return numberedMapping(this.mappingOf(mapToCloudText(message)), message);
  }

  send(
    outgoing: OutgoingMessage,
    account: WhatsAppCloudAccount,
    limits: SendLimits,
  ): Promise<Accepted<CloudSendResult>> {
    return this.client.send(WIRE, account, outgoing, limits);
  }

  private mappingOf(mapping: CloudMapping): Mapping {
    if ('replyButtons' in mapping) return this.checked(REPLY_BUTTONS, mapping.replyButtons);
    if ('ctaUrl' in mapping) return this.checked(CTA_URL, mapping.ctaUrl);
    if ('text' in mapping) return this.checked(TEXT, mapping.text);
    return mapping;
  }

  private checked<Dto extends CloudMessageDto>(form: CloudForm<Dto>, dto: Dto): Mapping {
    const issues = this.validator.validate(form.dto, dto);
    return issues.length > 0 ? { reasons: issues.map((issue) => issue.message) } : { outgoing: outgoingOf(form, dto) };
  }
}

function readSend(answer: HttpAnswer, account: WhatsAppCloudAccount): CloudSendResult {
  const body = isSuccess(answer) && answer.body.kind === 'json' ? answer.body.value : undefined;
  const messageId = textOf(body, 'messages', 'id');
  if (messageId === undefined) throw whatsAppCloudError(answer, account);
  const waId = textOf(body, 'contacts', 'wa_id');
  return { messageId, ...(waId !== undefined && { waId }) };
}

/** The text in a field of the first item of a list. */
function textOf(body: unknown, list: string, field: string): string | undefined {
  const items = isRecord(body) ? body[list] : undefined;
  const first: unknown = Array.isArray(items) ? items[0] : undefined;
  const text = isRecord(first) ? first[field] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}
