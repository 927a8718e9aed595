// An application with HttpService and class-validator, which most applications that send messages have.
import 'reflect-metadata';
import 'class-transformer';
import 'class-validator';
import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class AppModule {}
Module({ imports: [HttpModule] })(AppModule);
await NestFactory.createApplicationContext(AppModule, { logger: false });
process.send(performance.now(), () => process.exit(0));
