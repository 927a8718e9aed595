import type { Account } from '../config/accounts/account.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import type { HttpResponse } from '../transport/http-response.js';
import type { HttpProviderCall, WireFormat } from './provider.client.js';
import type { OutgoingMessage } from './provider-adapter.interface.js';
import type { RequestBuilder } from './request-builder.js';

/** The request that sends a message. */
export class MessageCall<A extends Account, Result> implements HttpProviderCall<Result> {
  readonly operation: string;
  readonly recipient: string;
  readonly repeatable = false;
  private readonly body: string;

  constructor(
    private readonly wire: WireFormat<A, Result>,
    readonly account: A,
    readonly outgoing: OutgoingMessage,
  ) {
    this.operation = outgoing.operation;
    this.recipient = outgoing.recipient;
    this.body = JSON.stringify(outgoing.body);
  }

  requestBuilderFor(): RequestBuilder {
    return this.wire.requestBuilderFor(this.account);
  }

  request(builder: RequestBuilder): HttpRequest {
    return builder.post(this.outgoing.path, this.body);
  }

  read(response: HttpResponse): Result {
    return this.wire.read(response, this.account, `${this.outgoing.path} ${this.body}`);
  }

  sampleBody(messageId: string): unknown {
    return this.wire.sampleBody(messageId, this.recipient);
  }
}
