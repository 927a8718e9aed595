// A typical hand-written service: Nest's HttpService and a URL, without validation.
import { HttpModule, HttpService } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { firstValueFrom } from 'rxjs';
import { actions, nextPhone, TEXT } from './messages.mjs';

class HandWrittenService {
  constructor(http, url) {
    this.http = http;
    this.url = url;
  }

  async sendButtons(phone, message, buttonActions) {
    const { data } = await firstValueFrom(
      this.http.post(
        `${this.url}/instances/I/token/T/send-button-actions`,
        { phone, message, buttonActions },
        { headers: { 'Client-Token': 'C' } },
      ),
    );
    return data;
  }
}

class AppModule {}
Module({ imports: [HttpModule.register({ timeout: 15_000 })] })(AppModule);

export async function open(url) {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const service = new HandWrittenService(app.get(HttpService), url);
  return {
    name: 'HttpService, hand-written',
    pointed: 'its URL',
    send: () => service.sendButtons(nextPhone(), TEXT, actions),
    close: () => app.close(),
  };
}
