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
import type { Account } from '../config/account.js';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import type { BodyFailure } from './body-reader.js';
import { ButtonMessagingWebhooks, type WebhookResponse } from './button-messaging.webhooks.js';
import { RawBodies } from './raw-bodies.js';
import { WebhookRoute } from './webhook-route.js';

const DEFAULT_PATH = 'webhooks';

/** The key under which `ApiExcludeController` of @nestjs/swagger, which need not be there, keeps its answer. */
const SWAGGER_EXCLUDES = 'swagger/apiExcludeController';

/** The path without slashes at its ends. */
function pathOf({ path = DEFAULT_PATH }: WebhookOptions): string {
  return path.replace(/^\/+|\/+$/g, '');
}

/** What Express and Fastify both say of a request. */
interface HttpRequestParts {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  query: Record<string, unknown>;
}

/** A controller for one registration: a class of its own, so that no other application's paths change with it. */
export function createWebhookController(options: WebhookOptions): Type {
  @Controller({ path: pathOf(options), version: VERSION_NEUTRAL })
  class ButtonMessagingWebhookController {
    constructor(
      @Inject(ButtonMessagingWebhooks) private readonly webhooks: ButtonMessagingWebhooks,
      @Inject(RawBodies) private readonly bodies: RawBodies,
      @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    ) {}

    @WebhookRoute('z-api')
    @Post('z-api/:account')
    zApi(@Req() request: HttpRequestParts, @Res() response: unknown, @Param('account') account: string): Promise<void> {
      return this.answer('z-api', account, request, response);
    }

    @WebhookRoute('chatvolt')
    @Post('chatvolt/:account')
    chatvolt(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('chatvolt', account, request, response);
    }

    @WebhookRoute('whatsapp-cloud')
    @Post('whatsapp-cloud/:account')
    whatsAppCloud(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('whatsapp-cloud', account, request, response);
    }

    @WebhookRoute('custom')
    @Post('custom/:account')
    custom(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('custom', account, request, response);
    }

    @Get('whatsapp-cloud/:account')
    verify(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('whatsapp-cloud', account, request, response);
    }

    private async answer(
      provider: string,
      account: string,
      request: HttpRequestParts,
      response: unknown,
    ): Promise<void> {
      const { status, body, headers } = await this.responseTo(provider, account, request);
      for (const [name, value] of Object.entries(headers ?? {})) this.host.httpAdapter.setHeader(response, name, value);
      this.host.httpAdapter.setHeader(response, 'Content-Type', 'text/plain; charset=utf-8');
      this.host.httpAdapter.reply(response, body ?? '', status);
    }

    private async responseTo(provider: string, name: string, request: HttpRequestParts): Promise<WebhookResponse> {
      const { method, headers, query } = request;
      if (method !== 'POST') return this.webhooks.handle(provider, name, { method, headers, query });
      const taken = this.bodies.takenFrom(request);
      if (taken) {
        const { account, isProven, headers: given, rawBody } = taken;
        const whole = { method, headers: given, query, rawBody };
        return this.webhooks.receive(account, whole, { isProven, isParsed: false });
      }
      const admitted = await this.webhooks.admit(provider, name, { method, headers, query });
      if ('refusal' in admitted) return admitted.refusal;
      const left = await this.bodies.leftIn(request);
      if (typeof left === 'string') return this.refusalOf(admitted.account, left);
      const { headers: given, rawBody, isParsed } = left;
      const whole = { method, headers: given, query, ...(rawBody && { rawBody }) };
      return this.webhooks.receive(admitted.account, whole, { isProven: admitted.isProven, isParsed });
    }

    private refusalOf(account: Account, failure: BodyFailure): WebhookResponse {
      if (failure === 'broken off') return { status: 400 };
      const { headers, ...refusal } = this.webhooks.refuseBody(account, failure);
      return { ...refusal, headers: { ...headers, Connection: 'close' } };
    }
  }

  for (const decorate of options.decorators ?? []) decorate(ButtonMessagingWebhookController);
  // Only providers call these routes. Whoever wants them documented says so by a decorator of their own.
  if (!Reflect.hasMetadata(SWAGGER_EXCLUDES, ButtonMessagingWebhookController)) {
    SetMetadata(SWAGGER_EXCLUDES, [true])(ButtonMessagingWebhookController);
  }
  return ButtonMessagingWebhookController;
}
