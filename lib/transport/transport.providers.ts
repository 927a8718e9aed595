import type { Provider } from '@nestjs/common';
import { AXIOS_INSTANCE, ButtonMessagingHttp, createAxiosInstance } from './button-messaging.http.js';
import { HostConnections } from './host-connections.js';
import { HttpTransport } from './http-transport.js';

export const TRANSPORT_PROVIDERS: readonly Provider[] = [
  { provide: AXIOS_INSTANCE, useFactory: createAxiosInstance },
  ButtonMessagingHttp,
  HostConnections,
  HttpTransport,
];
