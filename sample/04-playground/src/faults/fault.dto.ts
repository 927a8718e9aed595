import { IsIn, IsInt, Max, Min } from 'class-validator';
import type { NamedFault, SimulatedProviderName } from 'nestjs-button-messaging/simulator';

export const PROVIDERS: readonly SimulatedProviderName[] = ['z-api', 'chatvolt', 'whatsapp-cloud'];
export const FAULTS: readonly NamedFault[] = [
  'time-out',
  'rate-limited',
  'drop-before-accepting',
  'drop-after-accepting',
  'cut-answer',
  'garbage',
  'answer-without-ids',
  'refused-with-200',
  'unavailable',
];

/** A fault for the next requests of a provider. */
export class FaultDto {
  @IsIn(PROVIDERS)
  provider!: SimulatedProviderName;

  @IsIn(FAULTS)
  fault!: NamedFault;

  @IsInt()
  @Min(1)
  @Max(100)
  times!: number;
}
