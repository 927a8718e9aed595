import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

class AppModule {}
Module({})(AppModule);
await NestFactory.createApplicationContext(AppModule, { logger: false });
process.send(performance.now(), () => process.exit(0));
