import type { Provider } from '@nestjs/common';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessages } from '../adapters/sent-message.recorder.js';
import { KnownPeople } from '../stores/known-people.js';
import { ButtonMessageSender } from './button-message.sender.js';
import { LateFallback } from './late-fallback.service.js';
import { MessageSender } from './message.sender.js';

export const SENDING_PROVIDERS: readonly Provider[] = [
  KnownPeople,
  SentMessages,
  SendsInFlight,
  MessageSender,
  ButtonMessageSender,
  LateFallback,
];
