/**
 * What Z-API says in the `error` of a DeliveryCallback, by what it means. From its documents of webhooks and of bans.
 *
 * @example
 * await simulator.deliver(message.id, 'failed', zApiDeliveryErrors.buttonTerms);
 */
export const zApiDeliveryErrors = Object.freeze({
  /** The recipient: the number is not on WhatsApp. */
  noSuchNumber: 'Phone number does not exist',
  /** The buttons: their terms were not accepted. */
  buttonTerms: 'You must accept buttons message terms in panel to send this message.',
  /** The buttons: there are none in channels. */
  notInChannels: 'Buttons message not available to channels.',
  /** The account: it is restricted, though the words do not say so. */
  rejected: 'Whatsapp rejected sending this message',
  /** The account: it is restricted. */
  shadowBan: 'The message was not sent due to a likely shadow ban',
  /** Nothing certain: a receipt may still follow. */
  timeOut: 'Timeout on send message',
  /** The request. */
  invalidRequest: 'Message has not been sent because it got invalid request params.',
});
