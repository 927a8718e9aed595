import type { ButtonMessagingError } from '../errors/button-messaging.error.js';

/** What a log line says of an error. A provider's own words may repeat a customer's, so they stay in the error. */
export function loggedError({ code, status, message, providerCode, providerMessage }: ButtonMessagingError): string {
  if (providerCode === undefined && providerMessage === undefined) return message;
  const facts = [code, status && `status ${status}`, isNumber(providerCode) && `the provider's code ${providerCode}`];
  return facts.filter(Boolean).join(', ');
}

// Some providers have no codes, and say it in words there too.
function isNumber(providerCode: string | undefined): boolean {
  return providerCode !== undefined && /^\d{1,9}$/.test(providerCode);
}
