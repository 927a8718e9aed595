import { readTemplateChange } from '../templates/read-template.js';
import type { ControlDependencies, ControlRoute } from './control-routes.js';

/** Returns the routes of templates. `/*` stands for an ID. */
export function templateRoutes({ templates, approvals }: ControlDependencies): [string, ControlRoute][] {
  return [
    ['GET /templates', () => templates.list()],
    ['POST /templates', ({ account = 'whatsapp-cloud', ...template }) => approvals.add(template, String(account))],
    ['PATCH /templates/*', (body, id) => approvals.change(id, readTemplateChange(body))],
    [
      'DELETE /templates/*',
      (_body, id) => {
        templates.remove(id);
        return { done: true };
      },
    ],
  ];
}
