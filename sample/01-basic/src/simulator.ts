import { GatewaySimulator, type SimulatedAccount } from 'nestjs-button-messaging/simulator';

const CREDENTIALS = ['Z_API_INSTANCE_ID', 'CHATVOLT_API_KEY', 'WHATSAPP_PHONE_NUMBER_ID'];

/**
 * Starts simulated providers and puts their credentials into the environment. Does nothing if the environment contains
 * credentials of real providers.
 */
export async function startSimulator(environment: NodeJS.ProcessEnv): Promise<GatewaySimulator | undefined> {
  if (CREDENTIALS.some((name) => environment[name])) return undefined;
  const simulator = await GatewaySimulator.start();
  Object.assign(environment, ...simulator.accounts().map(variablesOf), { BUTTON_MESSAGING_DEFAULT_ACCOUNT: 'z-api' });
  return simulator;
}

function variablesOf(account: SimulatedAccount): Record<string, string> {
  switch (account.provider) {
    case 'z-api':
      return {
        Z_API_INSTANCE_ID: account.instanceId,
        Z_API_TOKEN: account.token,
        Z_API_CLIENT_TOKEN: account.clientToken,
        Z_API_BASE_URL: account.baseUrl,
      };
    case 'chatvolt':
      return {
        CHATVOLT_API_KEY: account.apiKey,
        CHATVOLT_AGENT_ID: account.agentId,
        CHATVOLT_WEBHOOK_SECRET: account.webhookSecret,
        CHATVOLT_BASE_URL: account.baseUrl,
      };
    case 'whatsapp-cloud':
      return {
        WHATSAPP_PHONE_NUMBER_ID: account.phoneNumberId,
        WHATSAPP_BUSINESS_ACCOUNT_ID: account.businessAccountId,
        WHATSAPP_ACCESS_TOKEN: account.accessToken,
        WHATSAPP_APP_SECRET: account.appSecret,
        WHATSAPP_VERIFY_TOKEN: account.verifyToken,
        WHATSAPP_BASE_URL: account.baseUrl,
      };
  }
}
