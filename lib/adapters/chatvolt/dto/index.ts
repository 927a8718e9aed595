export * from './agent-query.dto.js';
export * from './conversation-query.dto.js';
export * from './send-buttons.dto.js';
export * from './send-cta.dto.js';
export * from './send-lists.dto.js';
export * from './send-message.dto.js';
