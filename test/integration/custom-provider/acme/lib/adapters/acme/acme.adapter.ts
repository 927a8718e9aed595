import { Injectable } from '@nestjs/common';
import type { AcmeAccount } from '../../config/accounts/acme.account.js';
import { isButtonMessage, type Message } from '../../message/message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { markedAddress } from '../../message/recipient.js';
import { DtoValidator } from '../../validation/index.js';
import { ProviderClient } from '../provider.client.js';
import type {
  Mapping,
  OutgoingMessage,
  ProviderAdapter,
  ProviderHealth,
  SendResult,
} from '../provider-adapter.interface.js';
import { dtoMapper } from '../provider-operation.js';
import { previewRequest } from '../request-preview.js';
import type { RequestContext, SendContext } from '../send-context.js';
import { type AcmeSendResult, profileRead, SEND_CHOICES, WIRE } from './acme.operations.js';
import { acmeWebhook } from './acme.webhook.js';

@Injectable()
export class AcmeAdapter implements ProviderAdapter<AcmeAccount, AcmeSendResult> {
  readonly webhook = acmeWebhook;

  constructor(
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
  ) {}

  map(message: Message, account: AcmeAccount): Mapping {
    if (!isButtonMessage(message)) return { reasons: ['Acme supports messages with buttons only'] };
    const { to, text, buttons } = message;
    const choices = buttons.flatMap((button) =>
      button.type === 'reply' ? [{ id: button.id, label: button.title }] : [],
    );
    if (choices.length < buttons.length) return { reasons: ['Acme supports reply buttons only'] };
    return dtoMapper(this.validator, account)(SEND_CHOICES, { to: markedAddress(to), text, choices });
  }

  mapText(): Mapping {
    return { reasons: ['Acme does not support texts without buttons'] };
  }

  preview(outgoing: OutgoingMessage, account: AcmeAccount): RequestPreview {
    return previewRequest(WIRE, account, outgoing);
  }

  send(outgoing: OutgoingMessage, account: AcmeAccount, context: SendContext): Promise<SendResult<AcmeSendResult>> {
    return this.client.send(WIRE, account, outgoing, context);
  }

  async checkHealth(account: AcmeAccount, context: RequestContext): Promise<ProviderHealth> {
    await this.client.read(profileRead(account), context);
    return { status: 'up' };
  }
}
