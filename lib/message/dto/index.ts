export { ButtonDto, ButtonMessageDto, DocumentHeaderDto, MessageHeaderDto } from './button-message.dto.js';
export { ListDto, ListHeaderDto, ListMessageDto } from './list-message.dto.js';
export { ListRowDto, ListSectionDto } from './list-section.dto.js';
export {
  TemplateButtonDto,
  TemplateDto,
  TemplateHeaderDto,
  TemplateMessageDto,
} from './template-message.dto.js';
export { TextMessageDto } from './text-message.dto.js';
