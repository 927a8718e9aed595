import {
  Controller,
  Get,
  Inject,
  Logger,
  Param,
  Post,
  Req,
  Res,
  SetMetadata,
  type Type,
  VERSION_NEUTRAL,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { WebhookOptions } from '../config/button-messaging-options.interface.js';
import { ButtonMessagingWebhooks } from './button-messaging.webhooks.js';
import { RawBodies } from './raw-bodies.js';

const DEFAULT_PATH = 'webhooks';

/** The key under which `ApiExcludeController` of @nestjs/swagger, which need not be there, keeps its answer. */
const SWAGGER_EXCLUDES = 'swagger/apiExcludeController';

/** The path without slashes at its ends. */
function pathOf({ path = DEFAULT_PATH }: WebhookOptions): string {
  return path.replace(/^\/+|\/+$/g, '');
}

/** What the paths of the module's routes look like, behind whatever global prefix and version there are. */
export function webhookRoute(options: WebhookOptions): RegExp {
  const path = pathOf(options).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|/)${path === '' ? '' : `${path}/`}(z-api|chatvolt|whatsapp-cloud)/[^/]+/?$`);
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

    @Post('z-api/:account')
    zApi(@Req() request: HttpRequestParts, @Res() response: unknown, @Param('account') account: string): Promise<void> {
      return this.answer('z-api', account, request, response);
    }

    @Post('chatvolt/:account')
    chatvolt(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('chatvolt', account, request, response);
    }

    @Post('whatsapp-cloud/:account')
    whatsAppCloud(
      @Req() request: HttpRequestParts,
      @Res() response: unknown,
      @Param('account') account: string,
    ): Promise<void> {
      return this.answer('whatsapp-cloud', account, request, response);
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
      const rawBody = this.bodies.of(request);
      if (request.method === 'POST' && rawBody === undefined) {
        Logger.error('A webhook was read by another parser before its bytes could be verified.', 'ButtonMessaging');
      }
      const { method, headers, query } = request;
      const given = { method, headers, query, ...(rawBody && { rawBody }) };
      const { status, body } = await this.webhooks.handle(provider, account, given);
      this.host.httpAdapter.setHeader(response, 'Content-Type', 'text/plain; charset=utf-8');
      this.host.httpAdapter.reply(response, body ?? '', status);
    }
  }

  for (const decorate of options.decorators ?? []) decorate(ButtonMessagingWebhookController);
  // Only providers call these routes. Whoever wants them documented says so by a decorator of their own.
  if (!Reflect.hasMetadata(SWAGGER_EXCLUDES, ButtonMessagingWebhookController)) {
    SetMetadata(SWAGGER_EXCLUDES, [true])(ButtonMessagingWebhookController);
  }
  return ButtonMessagingWebhookController;
}
