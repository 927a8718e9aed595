import type { GatewaySimulator } from 'nestjs-button-messaging/simulator';

/** Returns the environment variables for an account of the simulated Z-API. */
export function simulatedEnvironment(simulator: GatewaySimulator): NodeJS.ProcessEnv {
  const account = simulator.accounts().find(({ provider }) => provider === 'z-api');
  if (account?.provider !== 'z-api') throw new Error('The simulator has no Z-API account.');
  return {
    Z_API_INSTANCE_ID: account.instanceId,
    Z_API_TOKEN: account.token,
    Z_API_CLIENT_TOKEN: account.clientToken,
    Z_API_BASE_URL: account.baseUrl,
  };
}
