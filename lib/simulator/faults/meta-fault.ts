import type { AnswerFault } from './fault.interface.js';

/** How an error of Meta's is worded. */
export interface MetaFaultOptions {
  /** The HTTP status. Default: 400. */
  readonly status?: number;
  /** Default: `(#code) refused`. */
  readonly message?: string;
  /** `error_data.details`. Default: the message. */
  readonly details?: string;
  /** `is_transient`. Default: left out. */
  readonly isTransient?: boolean;
  /** `estimated_time_to_regain_access` of the header `X-Business-Use-Case-Usage`, in minutes. Default: no such header. */
  readonly regainAccessMinutes?: number;
}

/**
 * An error in the form of Meta's Graph API, for `fail('whatsapp-cloud', …)`.
 *
 * @example
 * simulator.fail('whatsapp-cloud', metaFault(131042));
 * simulator.fail('whatsapp-cloud', metaFault(80007, { regainAccessMinutes: 5 }));
 * simulator.fail('whatsapp-cloud', metaFault(2, { status: 500, isTransient: true }));
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
