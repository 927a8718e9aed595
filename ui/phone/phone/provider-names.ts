import type { SimulatedProviderName } from '../../../lib/simulator/simulated-account.interface.js';

/** The providers as they call themselves. */
export const providerNames: Readonly<Record<SimulatedProviderName, string>> = {
  'z-api': 'Z-API',
  chatvolt: 'Chatvolt',
  'whatsapp-cloud': 'Cloud API',
};
