import type { AnswerFault } from './fault.interface.js';

/** Options of an error from Meta. @publicApi */
export interface MetaFaultOptions {
  /** The HTTP status. @default 400 */
  readonly status?: number;
  /** The message. @default '(#code) refused' */
  readonly message?: string;
  /** The `error_data.details`. @default the message */
  readonly details?: string;
  /** The `is_transient`. @default left out */
  readonly isTransient?: boolean;
  /** The `estimated_time_to_regain_access` of the header `X-Business-Use-Case-Usage`, in minutes. @default no header */
  readonly regainAccessMinutes?: number;
}

/**
 * Creates an error of Meta's Graph API, for `fail('whatsapp-cloud', …)`.
 *
 * @example
 * simulator.fail('whatsapp-cloud', metaFault(131042));
 * simulator.fail('whatsapp-cloud', metaFault(80007, { regainAccessMinutes: 5 }));
 * simulator.fail('whatsapp-cloud', metaFault(2, { status: 500, isTransient: true }));
 *
 * @publicApi
 */
export function metaFault(code: number, options: MetaFaultOptions = {}): AnswerFault {
  const { status = 400, message = `(#${code}) refused`, details = message, isTransient, regainAccessMinutes } = options;
  const usage = [{ type: 'whatsapp', call_count: 100, estimated_time_to_regain_access: regainAccessMinutes }];
  return {
    status,
    body: {
      error: {
        message,
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details },
        ...(isTransient !== undefined && { is_transient: isTransient }),
        fbtrace_id: 'ASimulatedTraceOfMeta00',
      },
    },
    ...(regainAccessMinutes !== undefined && {
      headers: { 'x-business-use-case-usage': JSON.stringify({ '100000000000001': usage }) },
    }),
  };
}
