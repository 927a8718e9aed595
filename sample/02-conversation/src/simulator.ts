import { GatewaySimulator } from 'nestjs-button-messaging/simulator';

/**
 * Starts a simulated Z-API and puts its credentials into the environment. Does nothing if the environment contains
 * credentials of Z-API.
 */
export async function startSimulator(environment: NodeJS.ProcessEnv): Promise<GatewaySimulator | undefined> {
  if (environment.Z_API_INSTANCE_ID) return undefined;
  const simulator = await GatewaySimulator.start();
  const account = simulator.accounts().find(({ provider }) => provider === 'z-api');
  if (account?.provider !== 'z-api') throw new Error('The simulator has no Z-API account.');
  environment.Z_API_INSTANCE_ID = account.instanceId;
  environment.Z_API_TOKEN = account.token;
  environment.Z_API_CLIENT_TOKEN = account.clientToken;
  environment.Z_API_BASE_URL = account.baseUrl;
  return simulator;
}
