/** What an example takes for granted in main.ts. */
import type { INestApplication } from '@nestjs/common';

export declare const app: INestApplication;
