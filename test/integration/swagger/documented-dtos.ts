import {
  ButtonMessageDto,
  CloudTextDto,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendButtonsDto,
  SendCarouselDto,
  SendCtaDto,
  SendCtaUrlDto,
  SendListDto,
  SendListsDto,
  SendMessageDto,
  SendOptionListDto,
  SendReplyButtonsDto,
  SendTextDto,
} from '../../../lib/index.js';
import type { DtoClass } from '../../../lib/validation/index.js';
import type { Method } from '../../support/provider-messages.js';

/** The DTO that each sending method takes as its `@Body()`. */
export const DTO_OF: Readonly<Record<Method, DtoClass>> = {
  sendButtonActions: SendButtonActionsDto,
  sendButtonList: SendButtonListDto,
  sendOptionList: SendOptionListDto,
  sendButtonOtp: SendButtonOtpDto,
  sendButtonPix: SendButtonPixDto,
  sendCarousel: SendCarouselDto,
  sendText: SendTextDto,
  sendButtons: SendButtonsDto,
  sendCta: SendCtaDto,
  sendLists: SendListsDto,
  sendMessage: SendMessageDto,
  sendReplyButtons: SendReplyButtonsDto,
  sendCtaUrl: SendCtaUrlDto,
  sendList: SendListDto,
  cloudText: CloudTextDto,
  send: ButtonMessageDto,
};
