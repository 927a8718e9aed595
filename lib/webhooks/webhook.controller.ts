import {
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Req,
  Res,
  SetMetadata,
  type Type,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Account } from '../config/accounts/account.js';
import { ACCOUNT_DEFINITIONS } from '../config/accounts/account-definitions.js';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import type { BodyFailure } from './body-reader.js';
import { ButtonMessagingWebhooks, type WebhookResponse } from './button-messaging.webhooks.js';
import { RawBodyReader } from './raw-body.reader.js';
import { WebhookRoute } from './webhook-route.js';

const DEFAULT_PATH = 'webhooks';

/** The metadata key of `ApiExcludeController` in @nestjs/swagger, which is optional. */
const SWAGGER_EXCLUDES = 'swagger/apiExcludeController';

/** Custom providers share one path. */
const CUSTOM = { provider: 'custom', verifiesWebhookAddress: false };

/** The common properties of requests in Express and Fastify. */
interface HttpRequestParts {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  query: Record<string, unknown>;
}

/** Creates the controller of a registration. Each has its own class, because the path is metadata of the class. */
export function createWebhookController(options: WebhookOptions): Type {
  const prefix = (options.path ?? DEFAULT_PATH).replace(/^\/+|\/+$/g, '');

  @Controller({ path: prefix, version: VERSION_NEUTRAL })
  class ButtonMessagingWebhookController {
    constructor(
      @Inject(ButtonMessagingWebhooks) private readonly webhooks: ButtonMessagingWebhooks,
      @Inject(RawBodyReader) private readonly bodies: RawBodyReader,
      @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    ) {}

    async respond(provider: string, account: string, request: HttpRequestParts, response: unknown): Promise<void> {
      const { status, body, headers } = await this.responseTo(provider, account, request);
      for (const [name, value] of Object.entries(headers ?? {})) this.host.httpAdapter.setHeader(response, name, value);
      this.host.httpAdapter.setHeader(response, 'Content-Type', 'text/plain; charset=utf-8');
      this.host.httpAdapter.reply(response, body ?? '', status);
    }

    private async responseTo(provider: string, name: string, request: HttpRequestParts): Promise<WebhookResponse> {
      const { method, headers, query } = request;
      if (method !== 'POST') return this.webhooks.handle(provider, name, { method, headers, query });
      const verified = this.bodies.verifiedWebhookOf(request);
      const admitted = verified ?? (await this.webhooks.admit(provider, name, { method, headers, query }));
      if ('rejection' in admitted) return admitted.rejection;
      const { account, isAuthenticated } = admitted;
      const body = verified ?? (await this.bodies.bodyOf(request));
      if (typeof body === 'string') return this.rejectionOf(account, body);
      const { headers: given, rawBody, isParsed } = body;
      const whole = { method, headers: given, query, ...(rawBody && { rawBody }) };
      return this.webhooks.receive(account, whole, { isAuthenticated, isParsed });
    }

    private rejectionOf(account: Account, failure: BodyFailure): WebhookResponse {
      if (failure === 'broken off') return { status: 400 };
      const { headers, ...rejection } = this.webhooks.rejectBody(account, failure);
      return { ...rejection, headers: { ...headers, Connection: 'close' } };
    }
  }

  for (const { provider, verifiesWebhookAddress } of [...ACCOUNT_DEFINITIONS, CUSTOM]) {
    const path = `${provider}/:account`;
    addRoute(ButtonMessagingWebhookController, 'receive', provider, [Post(path), WebhookRoute(provider)]);
    if (verifiesWebhookAddress) addRoute(ButtonMessagingWebhookController, 'verify', provider, [Get(path)]);
  }
  for (const decorate of options.decorators ?? []) decorate(ButtonMessagingWebhookController);
  // Only providers call these routes. To document them, add a decorator.
  if (!Reflect.hasMetadata(SWAGGER_EXCLUDES, ButtonMessagingWebhookController)) {
    SetMetadata(SWAGGER_EXCLUDES, [true])(ButtonMessagingWebhookController);
  }
  return ButtonMessagingWebhookController;
}

/** A controller with a method for all routes. */
interface WebhookController {
  respond(provider: string, account: string, request: HttpRequestParts, response: unknown): Promise<void>;
}

function addRoute(
  { prototype }: Type<WebhookController>,
  purpose: 'receive' | 'verify',
  provider: string,
  decorators: readonly MethodDecorator[],
): void {
  const name = `${purpose} ${provider}`;
  const { [name]: value } = {
    [name](this: WebhookController, request: HttpRequestParts, response: unknown, account: string) {
      return this.respond(provider, account, request, response);
    },
  };
  const descriptor = { value, configurable: true, writable: true };
  Object.defineProperty(prototype, name, descriptor);
  Req()(prototype, name, 0);
  Res()(prototype, name, 1);
  Param('account')(prototype, name, 2);
  const parameters = Reflect.metadata('design:paramtypes', [Object, Object, String]);
  Reflect.decorate([...decorators, parameters], prototype, name, descriptor);
}
