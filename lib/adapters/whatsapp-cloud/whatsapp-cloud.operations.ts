import type { MessageRecipient } from '../../message/button-message.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import type { ProviderOperation } from '../provider-operation.js';
import {
  CloudAudioDto,
  CloudCallPermissionRequestDto,
  CloudCarouselDto,
  CloudContactRequestDto,
  CloudContactsDto,
  CloudDocumentDto,
  CloudFlowDto,
  CloudImageDto,
  CloudLocationDto,
  CloudLocationRequestDto,
  type CloudMessageDto,
  CloudReactionDto,
  CloudStickerDto,
  CloudTemplateDto,
  type CloudTemplatePartDto,
  CloudTextDto,
  CloudVideoDto,
  CloudVoiceCallDto,
  SendCtaUrlDto,
  SendListDto,
  SendReplyButtonsDto,
} from './dto/index.js';

/** The `type` of a message, which is also the name of the field with its content. */
type MessageType =
  | 'audio'
  | 'contacts'
  | 'document'
  | 'image'
  | 'interactive'
  | 'location'
  | 'reaction'
  | 'sticker'
  | 'template'
  | 'text'
  | 'video';

/** Returns the fields that all messages share. */
export function envelopeOf(to: MessageRecipient, type: string): { recipient: string; envelope: object } {
  const { form, value: recipient } = parseRecipient(to);
  const addressee = form === 'userId' ? { recipient } : { to: recipient };
  return { recipient, envelope: { messaging_product: 'whatsapp', recipient_type: 'individual', ...addressee, type } };
}

/** All operations use the same endpoint. */
function operation<Dto extends CloudMessageDto>(
  name: string,
  type: MessageType,
  dtoClass: DtoClass<Dto>,
  buttonsOf: (dto: Dto) => OfferedButton[] = () => [],
): ProviderOperation<Dto> {
  return {
    dto: dtoClass,
    outgoingOf(dto) {
      const { to, ...content } = dto;
      const { recipient, envelope } = envelopeOf(to, type);
      const body = { ...envelope, ...content };
      return { operation: name, path: 'messages', body, recipient, to, buttons: buttonsOf(dto) };
    },
  };
}

export const REPLY_BUTTONS = operation('interactive button', 'interactive', SendReplyButtonsDto, (dto) =>
  dto.interactive.action.buttons.map(({ reply: { id, title } }) => ({ id, title })),
);

export const CTA_URL = operation('interactive cta_url', 'interactive', SendCtaUrlDto);

/** The rows are the buttons whose replies the provider reports. */
export const LIST = operation('interactive list', 'interactive', SendListDto, (dto) =>
  dto.interactive.action.sections.flatMap(({ rows }) => rows.map(({ id, title }) => ({ id, title }))),
);

export const FLOW = operation('interactive flow', 'interactive', CloudFlowDto);

export const CAROUSEL = operation('interactive carousel', 'interactive', CloudCarouselDto, (dto) =>
  dto.interactive.action.cards.flatMap(({ action: { buttons = [] } }) =>
    buttons.map(({ quick_reply: { id, title } }) => ({ id, title })),
  ),
);

export const LOCATION_REQUEST = operation(
  'interactive location_request_message',
  'interactive',
  CloudLocationRequestDto,
);

export const CONTACT_REQUEST = operation('interactive request_contact_info', 'interactive', CloudContactRequestDto);

export const VOICE_CALL = operation('interactive voice_call', 'interactive', CloudVoiceCallDto);

export const CALL_PERMISSION_REQUEST = operation(
  'interactive call_permission_request',
  'interactive',
  CloudCallPermissionRequestDto,
);

/** The titles are in the approved template, so only a press finds its buttons. */
export const TEMPLATE = operation('template', 'template', CloudTemplateDto, ({ template: { components = [] } }) => [
  ...components.flatMap(quickReplyOf),
  ...components.flatMap(({ cards = [] }) => cards.flatMap((card) => card.components.flatMap(quickReplyOf))),
]);

export const TEXT = operation('text', 'text', CloudTextDto);

export const IMAGE = operation('image', 'image', CloudImageDto);

export const VIDEO = operation('video', 'video', CloudVideoDto);

export const AUDIO = operation('audio', 'audio', CloudAudioDto);

export const DOCUMENT = operation('document', 'document', CloudDocumentDto);

export const STICKER = operation('sticker', 'sticker', CloudStickerDto);

export const LOCATION = operation('location', 'location', CloudLocationDto);

export const CONTACTS = operation('contacts', 'contacts', CloudContactsDto);

export const REACTION = operation('reaction', 'reaction', CloudReactionDto);

function quickReplyOf({ sub_type, parameters = [] }: CloudTemplatePartDto): OfferedButton[] {
  if (sub_type?.toLowerCase() !== 'quick_reply') return [];
  return parameters.flatMap(({ payload }) => (payload === undefined ? [] : [{ id: payload, title: '' }]));
}
