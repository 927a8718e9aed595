import 'reflect-metadata';
import { createRequire } from 'node:module';
import * as core from '@nestjs/core';
import * as messaging from 'nestjs-button-messaging';
import { exercise } from './exercise.cjs';

await exercise({ core, messaging });
// One class however it was loaded, or dependency injection would not find it.
const required = createRequire(import.meta.url)('nestjs-button-messaging');
if (required.ButtonMessagingService !== messaging.ButtonMessagingService) throw new Error('two classes of one name');
await exercise({ core, messaging: required });
for (const entry of process.argv.slice(2)) await import(entry);
