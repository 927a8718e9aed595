import { Body, Controller, Get, NotFoundException, Param, Post, UseFilters } from '@nestjs/common';
import {
  ButtonMessagingExceptionFilter,
  ButtonMessagingValidationPipe,
  type ChatvoltSendResult,
  ChatvoltService,
  SendButtonsDto,
  SendCtaDto,
  SendListsDto,
  SendMessageDto,
} from 'nestjs-button-messaging';

/** Sends through Chatvolt with its own DTOs. */
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('chatvolt')
export class ChatvoltController {
  constructor(private readonly chatvolt: ChatvoltService) {}

  @Post('send-buttons')
  sendButtons(@Body(ButtonMessagingValidationPipe) dto: SendButtonsDto): Promise<ChatvoltSendResult> {
    return this.chatvolt.sendButtons(dto);
  }

  @Post('send-cta')
  sendCta(@Body(ButtonMessagingValidationPipe) dto: SendCtaDto): Promise<ChatvoltSendResult> {
    return this.chatvolt.sendCta(dto);
  }

  @Post('send-lists')
  sendLists(@Body(ButtonMessagingValidationPipe) dto: SendListsDto): Promise<ChatvoltSendResult> {
    return this.chatvolt.sendLists(dto);
  }

  @Post('message')
  sendMessage(@Body(ButtonMessagingValidationPipe) dto: SendMessageDto): Promise<ChatvoltSendResult> {
    return this.chatvolt.sendMessage(dto);
  }

  @Get('conversations/:phone')
  async findConversation(@Param('phone') phone: string): Promise<{ conversationId: string }> {
    const conversation = await this.chatvolt.findConversation({ phone });
    if (!conversation) throw new NotFoundException('No conversation with this phone number');
    return conversation;
  }
}
