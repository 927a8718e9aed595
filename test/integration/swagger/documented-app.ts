import '../../../lib/swagger/index.js';
import { Body, Controller, type DynamicModule, Module, Post, type Type } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ButtonMessagingModule, type ButtonMessagingModuleOptions } from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { DTO_OF } from './documented-dtos.js';

/** Builds a controller with one route for each DTO, as a user would write it. */
function controllerOfAll(): Type {
  @Controller('messages')
  class MessagesController {}

  for (const [method, dto] of Object.entries(DTO_OF)) {
    // Swagger also uses the name of the function.
    const handler = Object.defineProperty((body: unknown) => body, 'name', { value: method });
    Object.defineProperty(MessagesController.prototype, method, { value: handler, configurable: true });
    Reflect.defineMetadata('design:paramtypes', [dto], MessagesController.prototype, method);
    Body()(MessagesController.prototype, method, 0);
    Post(method)(MessagesController.prototype, method, { value: handler });
  }
  return MessagesController;
}

export interface DocumentedSetup {
  register?: (options: ButtonMessagingModuleOptions) => DynamicModule;
  options?: ButtonMessagingModuleOptions;
  controllers?: Type[];
  platform?: (typeof PLATFORMS)[number][1];
}

/** Returns the OpenAPI document of an application with all DTOs and the webhooks. */
export async function documentOf({
  register = (given) => ButtonMessagingModule.forRoot(given),
  options = {},
  controllers = [controllerOfAll()],
  platform = PLATFORMS[0]?.[1],
}: DocumentedSetup = {}): Promise<OpenAPIObject> {
  const registration = register({ accounts: oneOfEach('http://127.0.0.1'), logger: false, webhooks: {}, ...options });

  @Module({ imports: [registration], controllers })
  class AppModule {}

  const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
  const app = platform ? module.createNestApplication(platform(), { logger: false }) : module.createNestApplication();
  await app.init();
  try {
    const description = new DocumentBuilder().setTitle('Messages').setVersion('1').build();
    return SwaggerModule.createDocument(app, description);
  } finally {
    await app.close();
  }
}
