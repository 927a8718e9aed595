import type { SimulatedProviderName } from '../../../lib/simulator/simulated-account.interface.js';

/** The display names of the providers. */
export const providerNames: Readonly<Record<SimulatedProviderName, string>> = {
  'z-api': 'Z-API',
  chatvolt: 'Chatvolt',
  'whatsapp-cloud': 'Cloud API',
};
