import type { MessageStatus } from '../messages/accepted-message.interface.js';

/** What a provider can tell of a message's way where it tells of every step. */
export const allReceipts: readonly MessageStatus[] = ['sent', 'delivered', 'read', 'failed'];
