export { ButtonMessagingTestingModule } from './button-messaging-testing.module.js';
export { recordMessages } from './record-messages.js';
export type { RecordedMessage } from './recorded-message.interface.js';
export { type AnswerOptions, RecordingTransport } from './recording-transport.js';
