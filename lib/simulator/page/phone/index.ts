export { Conversation, type ConversationProps } from './conversation.js';
export { type Act, Phone, type PhoneProps } from './phone.js';
export { ReceivedMessage, type ReceivedMessageProps } from './received-message.js';
export { SentAnswer } from './sent-answer.js';
