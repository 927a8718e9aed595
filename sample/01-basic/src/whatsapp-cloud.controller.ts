import { Body, Controller, Post, UseFilters } from '@nestjs/common';
import {
  ButtonMessagingExceptionFilter,
  ButtonMessagingValidationPipe,
  type CloudSendResult,
  SendCtaUrlDto,
  SendListDto,
  SendReplyButtonsDto,
  WhatsAppCloudService,
} from 'nestjs-button-messaging';

/** Sends through the WhatsApp Cloud API with its own DTOs. */
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('whatsapp-cloud')
export class WhatsAppCloudController {
  constructor(private readonly whatsApp: WhatsAppCloudService) {}

  @Post('reply-buttons')
  sendReplyButtons(@Body(ButtonMessagingValidationPipe) dto: SendReplyButtonsDto): Promise<CloudSendResult> {
    return this.whatsApp.sendReplyButtons(dto);
  }

  @Post('cta-url')
  sendCtaUrl(@Body(ButtonMessagingValidationPipe) dto: SendCtaUrlDto): Promise<CloudSendResult> {
    return this.whatsApp.sendCtaUrl(dto);
  }

  @Post('list')
  sendList(@Body(ButtonMessagingValidationPipe) dto: SendListDto): Promise<CloudSendResult> {
    return this.whatsApp.sendList(dto);
  }
}
