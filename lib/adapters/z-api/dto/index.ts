export * from './send-button-actions.dto.js';
export * from './send-button-list.dto.js';
export * from './send-button-otp.dto.js';
export * from './send-button-pix.dto.js';
export * from './send-carousel.dto.js';
export * from './send-option-list.dto.js';
export * from './send-text.dto.js';
