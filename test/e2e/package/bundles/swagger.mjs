import 'reflect-metadata';
import assert from 'node:assert';
import 'nestjs-button-messaging/swagger';
import { ButtonMessageDto } from 'nestjs-button-messaging';
import { exercise, run } from './exercise.mjs';

run(async () => {
  // What Swagger asks a class for when it makes a document.
  assert.ok(ButtonMessageDto._OPENAPI_METADATA_FACTORY().text);
  await exercise();
});
