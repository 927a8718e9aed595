import type { BodyCheck } from '../checks/body-check.js';
import { LINK, repeats } from '../checks/text-rules.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** Reads 1 to 3 reply buttons. */
export function replies(action: BodyCheck): SimulatedButton[] {
  action.only('buttons');
  const read = action.objects('buttons', 3).map((button) => {
    button.only('type', 'reply');
    return replyButton(button, 'reply');
  });
  checkReplies(action, read);
  return read;
}

/** Reads a button whose fields are in an object named after its type. */
export function replyButton(button: BodyCheck, type: 'reply' | 'quick_reply'): SimulatedButton {
  button.word('type', [type]);
  const reply = button.object(type);
  reply.only('id', 'title');
  const id = reply.text('id', { maximum: 256 });
  if (id !== id.trim()) reply.addIssue('id', 'not-allowed', 'must not begin or end with a space');
  return { id, title: reply.text('title', { maximum: 20 }), type: 'reply' };
}

/** Adds an issue if buttons next to each other cannot be distinguished. */
export function checkReplies(action: BodyCheck, buttons: readonly SimulatedButton[]): void {
  if (repeats(buttons.map(({ id }) => id))) action.addIssue('buttons', 'not-allowed', 'must have unique ids');
  if (repeats(buttons.map(({ title }) => title))) action.addIssue('buttons', 'not-allowed', 'must have unique titles');
}

/** Reads a button that opens a URL. */
export function ctaUrl(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['cta_url']);
  const parameters = action.object('parameters');
  parameters.only('display_text', 'url');
  parameters.text('url', LINK);
  return [{ id: '', title: parameters.text('display_text', { maximum: 20 }), type: 'url' }];
}

/** Reads the rows of a list. */
export function list(action: BodyCheck): SimulatedButton[] {
  action.only('button', 'sections');
  action.text('button', { maximum: 20 });
  const sections = action.objects('sections', 10);
  const read = sections.flatMap((section) => {
    section.only('title', 'rows');
    // WhatsApp requires titles only if there are several sections.
    if (sections.length > 1) section.text('title', { maximum: 24 });
    else section.optionalText('title', { maximum: 24 });
    return section.objects('rows').map<SimulatedButton>((row) => {
      row.only('id', 'title', 'description');
      row.optionalText('description', { maximum: 72 });
      return { id: row.text('id', { maximum: 200 }), title: row.text('title', { maximum: 24 }), type: 'option' };
    });
  });
  if (read.length > 10) action.addIssue('sections', 'not-allowed', 'must have at most 10 rows in total');
  if (repeats(read.map(({ id }) => id))) action.addIssue('sections', 'not-allowed', 'must have rows with unique ids');
  return read;
}

/** Reads a button that calls the business. */
export function voiceCall(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['voice_call']);
  const parameters = action.optionalObject('parameters');
  parameters?.only('display_text', 'ttl_minutes', 'payload');
  parameters?.optionalNumber('ttl_minutes', 1, 43_200);
  parameters?.optionalText('payload', { maximum: 512 });
  return [{ id: '', title: parameters?.optionalText('display_text', { maximum: 20 }) || 'Call now', type: 'call' }];
}
