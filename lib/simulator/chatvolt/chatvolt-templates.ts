/** The templates of every agent, in Meta's format. Templates with other names are accepted as well. */
export const CHATVOLT_TEMPLATES = Object.freeze([
  template('1000000000000001', 'reminder', [
    { type: 'BODY', text: 'Hello {{patient}}, your appointment is at {{time}}.' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Confirm' }] },
  ]),
  template('1000000000000002', 'welcome', [{ type: 'BODY', text: 'Welcome!' }]),
]);

function template(id: string, name: string, components: readonly object[]) {
  return Object.freeze({ id, name, language: 'en_US', status: 'APPROVED', category: 'UTILITY', components });
}
