export type { SimulatedConversation } from './chatvolt/conversation.interface.js';
export type {
  AnswerFault,
  DelayFault,
  Fault,
  FaultChooser,
  FaultTarget,
  NamedFault,
  RateLimitFault,
} from './faults/fault.interface.js';
export { acceptsMessage } from './faults/faults.js';
export { GatewaySimulator, type SimulatedProvider } from './gateway-simulator.js';
export type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
export type { JsonObject } from './json.js';
export type {
  AcceptedMessage,
  DeliveryFailure,
  MessageStatus,
  RecipientAnswer,
} from './messages/accepted-message.interface.js';
export type { SimulatedButton, SimulatedButtonType } from './messages/simulated-button.interface.js';
export type { RecordedRequest, SimulatedRequest } from './server/recorded-request.interface.js';
export type {
  SimulatedAccount,
  SimulatedChatvoltAccount,
  SimulatedProviderName,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from './simulated-account.interface.js';
export type { SimulatorEvent, WebhookNews } from './simulator-event.interface.js';
export type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';
