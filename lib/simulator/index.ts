export type {
  ChatvoltCredentials,
  NewChatvoltAccount,
  NewSimulatedAccount,
  NewWhatsAppCloudAccount,
  NewZApiAccount,
  SimulatedAccountChange,
  WhatsAppCloudCredentials,
  ZApiCredentials,
} from './accounts/new-account.interface.js';
export type { SendCallback, SendCallbackOptions } from './callbacks/send-callback.interface.js';
export { chatvoltFaults } from './chatvolt/chatvolt-faults.js';
export type { ConversationOptions, SimulatedConversation } from './chatvolt/conversation.interface.js';
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
export { type MetaFaultOptions, metaFault } from './faults/meta-fault.js';
export { GatewaySimulator, type SimulatedProvider } from './gateway-simulator.js';
export type { GatewaySimulatorOptions } from './gateway-simulator.options.js';
export type { AccountNews } from './inbound/account-news.interface.js';
export type {
  AnswerOptions,
  BurstOptions,
  DeliverOptions,
  InboundContent,
  InboundEnvelope,
  InboundMessage,
  ReplyContent,
  ReplyOptions,
  WebhookOptions,
} from './inbound/inbound.interface.js';
export type { JsonObject } from './json.js';
export type {
  AcceptedMessage,
  DeliveryFailure,
  MessageStatus,
  RecipientAnswer,
} from './messages/accepted-message.interface.js';
export type { SimulatedButton, SimulatedButtonType } from './messages/simulated-button.interface.js';
export type { NewSimulatedPerson, PersonShowing, SimulatedPerson } from './people/person.interface.js';
export type { RecordedRequest, SimulatedRequest } from './server/recorded-request.interface.js';
export type {
  SimulatedAccount,
  SimulatedChatvoltAccount,
  SimulatedProviderName,
  SimulatedWhatsAppCloudAccount,
  SimulatedZApiAccount,
} from './simulated-account.interface.js';
export { SimulatedBusiness } from './simulated-business.js';
export { SimulatedField as PlayedField } from './simulated-field.js';
export type { SimulatorEvent, WebhookNews } from './simulator-event.interface.js';
export type {
  NewSimulatedTemplate,
  SimulatedTemplate,
  TemplateButton,
  TemplateChange,
  TemplateComponent,
  TemplateStatus,
} from './templates/template.interface.js';
export type { WebhookAnswer } from './webhooks/webhook-answer.interface.js';
export type { SimulatedWindow, WindowMode } from './windows/window.interface.js';
export { zApiDeliveryErrors } from './z-api/z-api-delivery-errors.js';
