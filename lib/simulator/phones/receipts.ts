import type { MessageStatus } from '../messages/accepted-message.interface.js';

/** The statuses of a provider that supports all of them. */
export const ALL_RECEIPTS: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'failed'];
