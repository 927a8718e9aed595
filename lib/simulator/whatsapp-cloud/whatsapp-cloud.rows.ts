import { BodyCheck } from '../checks/body-check.js';
import type { JsonObject } from '../json.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';

/** Returns the description of a list's row, which the webhook repeats. */
export function rowDescription(message: AcceptedMessage | undefined, rowId: string): JsonObject {
  if (!message) return {};
  const sections = new BodyCheck(message.body).object('interactive').object('action').objects('sections');
  const rows = sections.flatMap((section) => section.objects('rows'));
  const description = rows.find((row) => row.text('id') === rowId)?.optionalText('description');
  return description === undefined ? {} : { description };
}
