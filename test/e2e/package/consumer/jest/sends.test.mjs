import * as core from '@nestjs/core';
import * as messaging from 'nestjs-button-messaging';
import { exercise } from '../exercise.cjs';

test('sends in an ESM test', async () => {
  await exercise({ core, messaging });
});
