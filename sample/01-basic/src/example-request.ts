const MESSAGE = {
  to: '+55 11 99999-9999',
  text: 'Your appointment is tomorrow at 10:00.',
  buttons: [
    { type: 'reply', id: 'confirm', title: 'Confirm' },
    { type: 'reply', id: 'reschedule', title: 'Another time' },
  ],
};

/** Returns a command to paste into a terminal, and variants of it. */
export function exampleRequest(url: string): string {
  return `Send a message with two buttons:

  curl -X POST ${url}/messages -H 'Content-Type: application/json' -d '${JSON.stringify(MESSAGE)}'

Which accounts support it:       the same request to ${url}/messages/carriers
Send it through another account: add  -H 'X-Account: whatsapp-cloud'`;
}
