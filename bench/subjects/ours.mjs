// This package with its defaults: validation, sent-message store, circuit breaker, timeout.
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule, ButtonMessagingService, ChatvoltService, ZApiService } from 'nestjs-button-messaging';
import { actions, BUTTONS, nextPhone, reply, TEXT } from './messages.mjs';

const [first, second, third] = BUTTONS;

class AppModule {}

export async function open(url) {
  const accounts = [
    { provider: 'z-api', name: 'z', instanceId: 'I', token: 'T', clientToken: 'C', baseUrl: url },
    { provider: 'chatvolt', name: 'c', apiKey: 'K', agentId: 'A', baseUrl: url },
  ];
  Module({ imports: [ButtonMessagingModule.forRoot({ accounts, defaultAccount: 'z' })] })(AppModule);
  // As in production: warnings and errors are logged.
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn'] });
  const messaging = app.get(ButtonMessagingService);
  const zApi = app.get(ZApiService);
  const chatvolt = app.get(ChatvoltService);
  const pointed = "the account's baseUrl";
  const common = { pointed, close: () => undefined };
  return [
    {
      ...common,
      name: 'ButtonMessagingService.send',
      send: () => messaging.send({ to: nextPhone(), text: TEXT, buttons: reply }),
      close: () => app.close(),
    },
    {
      ...common,
      name: 'ZApiService.sendButtonActions',
      send: () => zApi.sendButtonActions({ phone: nextPhone(), message: TEXT, buttonActions: actions }),
    },
    {
      ...common,
      name: 'ChatvoltService.sendButtons',
      send: () =>
        chatvolt.sendButtons({
          conversationId: nextPhone(),
          body_text: TEXT,
          button_1_id: first.id,
          button_1_title: first.title,
          button_2_id: second.id,
          button_2_title: second.title,
          button_3_id: third.id,
          button_3_title: third.title,
        }),
    },
  ];
}
