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

/** Sends one kind of message through every provider. */
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('messages')
export class MessagesController {
  constructor(private readonly messaging: ButtonMessagingService) {}

  /** `Idempotency-Key` makes it safe to repeat a request. `X-Account` selects the account. */
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

  /** Returns which accounts support the message, without sending it. */
  @Post('carriers')
  carriers(@Body(ButtonMessagingValidationPipe) message: ButtonMessageDto): Promise<Carrier[]> {
    return this.messaging.carriers(message);
  }
}
