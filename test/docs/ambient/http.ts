/** What an example takes for granted where routes are set up. */
import type { INestApplication } from '@nestjs/common';

export { Module } from '@nestjs/common';
export { APP_FILTER, APP_PIPE } from '@nestjs/core';
export { Type } from 'class-transformer';
export { IsString, ValidateNested } from 'class-validator';
export {
  ButtonMessageDto,
  ButtonMessagingExceptionFilter,
  ButtonMessagingValidationPipe,
} from 'nestjs-button-messaging';

export declare const app: INestApplication;
