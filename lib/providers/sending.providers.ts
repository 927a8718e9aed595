import type { Provider } from '@nestjs/common';
import { KnownPeople } from '../events/known-people.js';
import { OpenQuestions } from '../events/open-questions.js';
import { ButtonMessageSender } from './button-message-sender.js';
import { MessageSender } from './message-sender.js';
import { SendsInFlight } from './sends-in-flight.js';
import { SentMessages } from './sent-messages.js';

export const SENDING_PROVIDERS: readonly Provider[] = [
  KnownPeople,
  SentMessages,
  SendsInFlight,
  MessageSender,
  ButtonMessageSender,
  OpenQuestions,
];
