/** What an example takes for granted where the application is created. */
import type { Type } from '@nestjs/common';

export { NestFactory } from '@nestjs/core';
export type { NestExpressApplication } from '@nestjs/platform-express';

export declare const AppModule: Type;
