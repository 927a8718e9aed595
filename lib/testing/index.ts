export { ButtonMessagingTestingModule } from './button-messaging-testing.module.js';
export { type ProviderContractClause, type ProviderContractSubject, providerContract } from './provider-contract.js';
export { recordMessages } from './record-messages.js';
export type { RecordedFile } from './recorded-files.js';
export type { RecordedMessage } from './recorded-message.interface.js';
export { type AnswerOptions, RecordingTransport } from './recording-transport.js';
