import { Body, Controller, Headers, Post, UseFilters } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import {
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingService,
  ButtonMessagingValidationPipe,
  type Carrier,
  type SentMessage,
} from 'nestjs-button-messaging';

/** One message for every provider. */
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('messages')
export class MessagesController {
  constructor(private readonly messaging: ButtonMessagingService) {}

  /** The header `Idempotency-Key` makes a repeated request harmless; `X-Account` chooses the account. */
  @ApiHeader({ name: 'idempotency-key', required: false })
  @ApiHeader({ name: 'x-account', required: false })
  @Post()
  send(
    @Body(ButtonMessagingValidationPipe) message: ButtonMessageDto,
    @Headers('idempotency-key') idempotencyKey?: string,
    @Headers('x-account') account?: string,
  ): Promise<SentMessage> {
    return this.messaging.send(message, {
      fallback: 'text',
      ...(account && { account }),
      ...(idempotencyKey && { idempotencyKey }),
    });
  }

  /** Which accounts could carry it, without sending it. */
  @Post('carriers')
  carriers(@Body(ButtonMessagingValidationPipe) message: ButtonMessageDto): Promise<Carrier[]> {
    return this.messaging.carriers(message);
  }
}
