export * from './cloud-message.dto.js';
export * from './cloud-text.dto.js';
export * from './interactive.dto.js';
export * from './send-cta-url.dto.js';
export * from './send-list.dto.js';
export * from './send-reply-buttons.dto.js';
