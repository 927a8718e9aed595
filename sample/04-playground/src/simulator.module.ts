import { Module, type OnApplicationShutdown } from '@nestjs/common';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';

/** Provides the simulated providers and stops them with the application. */
@Module({
  providers: [{ provide: GatewaySimulator, useFactory: () => GatewaySimulator.start() }],
  exports: [GatewaySimulator],
})
export class SimulatorModule implements OnApplicationShutdown {
  constructor(private readonly simulator: GatewaySimulator) {}

  async onApplicationShutdown(): Promise<void> {
    await this.simulator.close();
  }
}
