import type { DtoClass } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { type MessageKind, messageKind } from '../message.interface.js';
import { ButtonMessageDto } from './button-message.dto.js';
import { ListMessageDto } from './list-message.dto.js';
import { TemplateMessageDto } from './template-message.dto.js';
import { TextMessageDto } from './text-message.dto.js';

const DTO_OF_KIND: Readonly<Record<MessageKind, DtoClass>> = {
  buttons: ButtonMessageDto,
  list: ListMessageDto,
  template: TemplateMessageDto,
  text: TextMessageDto,
};

/** Returns the DTO class whose rules apply to a message. Any class rejects what is not an object. */
export function dtoOfMessage(message: unknown): DtoClass {
  return DTO_OF_KIND[isRecord(message) ? messageKind(message) : 'buttons'];
}
