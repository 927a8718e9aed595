import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ButtonMessagingModule } from 'nestjs-button-messaging';

class AppModule {}
const accounts = [{ provider: 'z-api', name: 'a', instanceId: 'I', token: 'T' }];
Module({ imports: [ButtonMessagingModule.forRoot({ accounts })] })(AppModule);
await NestFactory.createApplicationContext(AppModule, { logger: false });
process.send(performance.now(), () => process.exit(0));
