/**
 * The `error` texts of a DeliveryCallback, by meaning. From Z-API's documentation of webhooks and bans.
 *
 * @example
 * await simulator.deliver(message.id, 'failed', zApiDeliveryErrors.buttonTerms);
 *
 * @publicApi
 */
export const zApiDeliveryErrors = Object.freeze({
  /** Recipient: the number is not on WhatsApp. */
  noSuchNumber: 'Phone number does not exist',
  /** Buttons: their terms were not accepted. */
  buttonTerms: 'You must accept buttons message terms in panel to send this message.',
  /** Buttons: channels do not support them. */
  notInChannels: 'Buttons message not available to channels.',
  /** Account: it is restricted, although the text does not say so. */
  rejected: 'Whatsapp rejected sending this message',
  /** Account: it is restricted. */
  shadowBan: 'The message was not sent due to a likely shadow ban',
  /** Unknown: a receipt may follow. */
  timeOut: 'Timeout on send message',
  /** Request: it is invalid. */
  invalidRequest: 'Message has not been sent because it got invalid request params.',
});
