import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { isRecord } from '../../validation/is-record.js';
import { jsonOf, listIn, textIn, textOrNumberIn } from '../json-fields.js';
import { whatsAppCloudError } from './whatsapp-cloud.errors.js';

/** A template as Meta lists it. Meta adds values at any time, so they are texts. @publicApi */
export interface CloudTemplate {
  id?: string;
  name: string;
  /** A language code, such as `pt_BR`. */
  language: string;
  /** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, … */
  status: string;
  /** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
  category?: string;
  /** Whether its variables have numbers or names: `POSITIONAL` or `NAMED`. */
  parameterFormat?: string;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality?: string;
  /** The parts of the template, in Meta's format. */
  components: Record<string, unknown>[];
}

/** A page of templates. */
export interface TemplatePage {
  templates: CloudTemplate[];
  /** The cursor of the next page, if there may be one. */
  after?: string;
}

/** The requested fields of a template. */
export const TEMPLATE_FIELDS = 'name,language,status,category,parameter_format,components,quality_score';

/** Parses a page of templates. @throws ButtonMessagingError if the response is not a page. */
export function readTemplates(response: HttpResponse, account: WhatsAppCloudAccount): TemplatePage {
  const body = jsonOf(response);
  if (!isRecord(body) || !Array.isArray(body.data)) throw whatsAppCloudError(response, account);
  const templates = listIn(body, 'data').flatMap(templateOf);
  const after = body.data.length > 0 ? textIn(body, 'paging', 'cursors', 'after') : undefined;
  return { templates, ...withoutUndefined({ after }) };
}

function templateOf(template: unknown): CloudTemplate[] {
  const name = textIn(template, 'name');
  if (name === undefined) return [];
  return [
    {
      ...withoutUndefined({
        id: textOrNumberIn(template, 'id'),
        category: textIn(template, 'category'),
        parameterFormat: textIn(template, 'parameter_format'),
        quality: textIn(template, 'quality_score', 'score'),
      }),
      name,
      language: textIn(template, 'language') ?? '',
      status: textIn(template, 'status') ?? '',
      components: listIn(template, 'components').filter(isRecord),
    },
  ];
}
