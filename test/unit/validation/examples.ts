import {
  ChatvoltContactDto,
  ChatvoltLocationDto,
  ChatvoltLocationRequestDto,
  ChatvoltTemplateDto,
  SendButtonsDto,
  SendCtaDto,
  SendListsDto,
  SendMessageDto,
  SetAiEnabledDto,
} from '../../../lib/adapters/chatvolt/dto/index.js';
import {
  CloudTextDto,
  SendCtaUrlDto,
  SendListDto,
  SendReplyButtonsDto,
} from '../../../lib/adapters/whatsapp-cloud/dto/index.js';
import {
  DeleteMessageDto,
  ReplyButtonDto,
  ReplyTemplateButtonDto,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendCarouselDto,
  SendOptionListDto,
  SendPollDto,
  SendTextDto,
} from '../../../lib/adapters/z-api/dto/index.js';
import { ButtonMessageDto } from '../../../lib/message/dto/button-message.dto.js';
import type { DtoClass } from '../../../lib/validation/index.js';

const phone = '5511987654321';
const url = 'https://example.com/a';
const actions = [
  { type: 'URL', label: 'Open', url },
  { type: 'CALL', label: 'Call', phone },
];

/** A valid value of every class with as many fields as possible. */
export const EXAMPLES: readonly (readonly [DtoClass, object])[] = [
  [
    ButtonMessageDto,
    {
      to: { phone },
      text: 'Text',
      header: { text: 'Header' },
      footer: 'Footer',
      buttons: [
        { type: 'reply', id: 'a', title: 'A' },
        { type: 'reply', id: 'b', title: 'B' },
        { type: 'url', title: 'Open', url },
        { type: 'call', title: 'Call', phone },
        { type: 'copy', title: 'Copy', code: '42' },
      ],
    },
  ],
  [
    SendButtonActionsDto,
    { phone, message: 'Text', title: 'Title', footer: 'Footer', image: url, delayMessage: 3, buttonActions: actions },
  ],
  [SendButtonListDto, { phone, message: 'Text', buttonList: { video: url, buttons: [{ id: 'a', label: 'A' }] } }],
  [
    SendOptionListDto,
    { phone, message: 'Text', optionList: { title: 'T', buttonLabel: 'B', options: [{ id: 'a', title: 'A' }] } },
  ],
  [SendButtonOtpDto, { phone, message: 'Text', code: '42', image: url, buttonText: 'Copy' }],
  [SendButtonPixDto, { phone, pixKey: 'key', type: 'EVP', merchantName: '' }],
  [SendCarouselDto, { phone, message: 'Text', carousel: [{ text: 'Card', image: url, buttons: actions }] }],
  [SendPollDto, { phone, message: 'Text', poll: [{ name: 'A' }, { name: 'B' }], pollMaxOptions: 1, delayMessage: 2 }],
  [ReplyButtonDto, { phone, responseButtonId: '1', messageId: 'M' }],
  [ReplyTemplateButtonDto, { phone, responseTemplateButtonId: '1', messageId: 'M' }],
  [DeleteMessageDto, { phone, messageId: 'M', owner: false }],
  [
    SendTextDto,
    {
      phone,
      message: 'Text',
      delayMessage: 1,
      delayTyping: 2,
      messageId: 'M',
      privateAnswer: true,
      editMessageId: 'E',
    },
  ],
  [
    SendButtonsDto,
    {
      agentId: 'agent',
      conversationId: 'c',
      header_text: 'H',
      footer_text: 'F',
      body_text: 'Text',
      button_1_id: 'a',
      button_1_title: 'A',
      button_2_id: 'b',
      button_2_title: 'B',
    },
  ],
  [SendCtaDto, { conversationId: 'c', body_text: 'Text', button_display_text: 'Open', button_url: url }],
  [
    SendListsDto,
    {
      conversationId: 'c',
      body_text: 'Text',
      button_text: 'Choose',
      section_1_title: 'S',
      section_1_row_1_id: 'a',
      section_1_row_1_title: 'A',
    },
  ],
  [
    ChatvoltTemplateDto,
    {
      phoneNumberId: '1001',
      to: phone,
      text: 'Text',
      agentId: 'agent',
      templateName: 'reminder',
      templateLangCode: 'pt_BR',
      var_patient: 'Ana',
      header_type: 'document',
      header_link: url,
      header_filename: 'Plan.pdf',
      buttons: [{ type: 'quick_reply', value: 'a', index: 0 }],
      hasButtonVariables: true,
      contactName: 'Ana',
      defaultStatus: 'RESOLVED',
    },
  ],
  [ChatvoltLocationDto, { conversationId: 'c', latitude: -23.5, longitude: '-46.6', name: 'N', address: 'A' }],
  [ChatvoltLocationRequestDto, { agentId: 'agent', conversationId: 'c', body_text: 'Text' }],
  [
    ChatvoltContactDto,
    { conversationId: 'c', name_formatted_name: 'Ana', name_first_name: 'Ana', phone_1_phone: '1', org_title: 'T' },
  ],
  [SetAiEnabledDto, { conversationId: 'c', enabled: false }],
  [SendMessageDto, { message: 'Text', phone, channel: 'whatsapp' }],
  [
    SendReplyButtonsDto,
    {
      to: phone,
      interactive: {
        type: 'button',
        header: { type: 'text', text: 'H' },
        body: { text: 'Text' },
        footer: { text: 'F' },
        action: { buttons: [{ type: 'reply', reply: { id: 'a', title: 'A' } }] },
      },
    },
  ],
  [
    SendCtaUrlDto,
    {
      to: phone,
      interactive: {
        type: 'cta_url',
        body: { text: 'Text' },
        action: { name: 'cta_url', parameters: { display_text: 'Open', url } },
      },
    },
  ],
  [
    SendListDto,
    {
      to: phone,
      interactive: {
        type: 'list',
        body: { text: 'Text' },
        action: { button: 'Choose', sections: [{ title: 'S', rows: [{ id: 'a', title: 'A', description: 'D' }] }] },
      },
    },
  ],
  [CloudTextDto, { to: phone, text: { body: 'Text' } }],
];
