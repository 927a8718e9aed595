import type { Provider } from '@nestjs/common';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessageRecorder } from '../adapters/sent-message.recorder.js';
import { KnownPeople } from '../stores/known-people.js';
import { LateFallback } from './late-fallback.service.js';
import { MessageSender } from './message.sender.js';

export const SENDING_PROVIDERS: readonly Provider[] = [
  KnownPeople,
  SentMessageRecorder,
  SendsInFlight,
  MessageSender,
  LateFallback,
];
