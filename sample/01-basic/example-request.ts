const message = {
  to: '+55 11 99999-9999',
  text: 'Your appointment is tomorrow at 10:00.',
  buttons: [
    { type: 'reply', id: 'confirm', title: 'Confirm' },
    { type: 'reply', id: 'reschedule', title: 'Another time' },
  ],
};

/** What to paste into a terminal, and what else to try. */
export function exampleRequest(url: string): string {
  return `Send a message with two buttons:

  curl -X POST ${url}/messages -H 'Content-Type: application/json' -d '${JSON.stringify(message)}'

Ask which accounts can carry it: the same to ${url}/messages/carriers
Send it by another account:      add  -H 'X-Account: whatsapp-cloud'`;
}
