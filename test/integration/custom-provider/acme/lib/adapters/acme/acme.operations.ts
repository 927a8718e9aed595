import type { AcmeAccount } from '../../config/accounts/acme.account.js';
import { wireRecipient } from '../../message/recipient.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { jsonOf, textIn } from '../json-fields.js';
import type { ReadCall, WireFormat } from '../provider.client.js';
import type { ProviderOperation } from '../provider-operation.js';
import { RequestBuilder } from '../request-builder.js';
import { errorDetails, errorFromStatus } from '../response-errors.js';
import { SendChoicesDto } from './dto/index.js';

export interface AcmeSendResult {
  id: string;
}

export const WIRE: WireFormat<AcmeAccount, AcmeSendResult> = {
  requestBuilderFor: ({ baseUrl, apiKey }) => new RequestBuilder(baseUrl, { 'X-Key': apiKey.reveal() }),
  read: (response, account) => ({ id: idOf(response, account) }),
  facts: ({ id }) => ({ messageId: id }),
  sampleBody: (messageId) => ({ id: messageId }),
};

export const SEND_CHOICES: ProviderOperation<SendChoicesDto> = {
  dto: SendChoicesDto,
  outgoingOf(dto) {
    const recipient = wireRecipient(dto.to);
    return {
      operation: 'messages',
      path: 'messages',
      body: { ...dto, to: recipient },
      recipient,
      to: dto.to,
      buttons: dto.choices.map(({ id, label }) => ({ id, title: label })),
    };
  },
};

export function profileRead(account: AcmeAccount): ReadCall<string> {
  return {
    account,
    operation: 'profile',
    requestBuilderFor: () => WIRE.requestBuilderFor(account),
    request: (builder) => builder.get('me'),
    read: (response) => idOf(response, account),
    sampleBody: () => ({ id: account.name }),
  };
}

function idOf(response: HttpResponse, account: AcmeAccount): string {
  const id = textIn(jsonOf(response), 'id');
  if (id === undefined) throw errorFromStatus(response, errorDetails(response, account, {}));
  return id;
}
