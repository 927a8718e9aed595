import type { BodyIssue, BrokenRule } from '../checks/body-check.js';
import { traceId } from '../identifiers.js';
import { type HttpResponse, jsonResponse } from '../server/http-response.js';
import { notSimulated } from '../server/not-simulated.js';
import type { TemplateIssue } from '../templates/template-check.js';

const ISSUE_CODES: Readonly<Record<BrokenRule, number>> = {
  missing: 131008,
  malformed: 100,
  unknown: 100,
  'not-allowed': 131009,
};
const TEXTS: Readonly<Record<number, string>> = {
  100: 'Invalid parameter',
  130429: 'Rate limit hit',
  131008: 'Required parameter is missing',
  131009: 'Parameter value is not valid',
  131047: 'Re-engagement message',
  131051: 'Message type is not supported',
  132000: 'Number of parameters does not match the expected number of params',
  132001: 'Template name does not exist in the translation',
  132012: 'Parameter format does not match format in the created template',
  132015: 'Template is Paused',
  132016: 'Template is Disabled',
  132018: 'There was an issue with the parameters in your template',
};
/** Codes with a status other than 400. */
const STATUSES: Readonly<Record<number, number>> = { 132001: 404 };

/** Returns an error response of Meta's APIs. */
export function metaError(status: number, code: number, details: string): HttpResponse {
  return jsonResponse(status, {
    error: {
      message: `(#${code}) ${TEXTS[code] ?? 'Error'}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: traceId(),
    },
  });
}

/** Returns the error of an issue in a body. */
export function metaBodyError(fault: BodyIssue): HttpResponse {
  const count = /(?:^|\.)buttons$/.test(fault.path) && /at most|not be empty/.test(fault.message);
  const details = count ? 'Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3' : fault.message;
  return metaError(400, ISSUE_CODES[fault.rule], details);
}

/** Returns the error of a template that cannot be sent. */
export function metaTemplateError({ code, details }: TemplateIssue): HttpResponse {
  return metaError(STATUSES[code] ?? 400, code, details);
}

/** Returns the response to an operation that is not simulated, in Meta's error format, without a code of Meta. */
export function cloudNotSimulated(call: string): HttpResponse {
  return notSimulated(call, (message) => ({ error: { message, type: 'SimulatorLimitation', fbtrace_id: traceId() } }));
}

/** Returns an error of the Graph API itself: an invalid token or path. */
export function graphError(
  status: number,
  code: number,
  type: string,
  message: string,
  error_subcode?: number,
): HttpResponse {
  return jsonResponse(status, { error: { message, type, code, error_subcode, fbtrace_id: traceId() } });
}
