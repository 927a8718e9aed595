export * from './send-choices.dto.js';
