import { Body, Controller, Headers, Post, UseFilters } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiHeader, getSchemaPath } from '@nestjs/swagger';
import {
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingService,
  type Carrier,
  ListMessageDto,
  type Message,
  type SentMessage,
  TemplateMessageDto,
  TextMessageDto,
} from 'nestjs-button-messaging';

const KINDS = [ButtonMessageDto, ListMessageDto, TextMessageDto, TemplateMessageDto];
const ANY_KIND = { schema: { oneOf: KINDS.map((kind) => ({ $ref: getSchemaPath(kind) })) } };

/** Sends messages of every kind through every provider. The service validates them. */
@ApiExtraModels(...KINDS)
@UseFilters(ButtonMessagingExceptionFilter)
@Controller('messages')
export class MessagesController {
  constructor(private readonly messaging: ButtonMessagingService) {}

  /** `Idempotency-Key` makes it safe to repeat a request. `X-Account` selects the account. */
  @ApiHeader({ name: 'idempotency-key', required: false })
  @ApiHeader({ name: 'x-account', required: false })
  @ApiBody(ANY_KIND)
  @Post()
  send(
    @Body() message: Message,
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
  @ApiBody(ANY_KIND)
  @Post('carriers')
  carriers(@Body() message: Message): Promise<Carrier[]> {
    return this.messaging.carriers(message);
  }
}
