let count = 0;

/** Returns another Brazilian mobile number each time, so that caches of numbers do not help. */
export function nextPhone() {
  count += 1;
  return `55119${String(count % 100_000_000).padStart(8, '0')}`;
}

export const TEXT = 'Your appointment is tomorrow at 10:00.';

export const BUTTONS = [
  { id: 'confirm', title: 'Confirm' },
  { id: 'reschedule', title: 'Another time' },
  { id: 'cancel', title: 'Cancel' },
];

export const reply = BUTTONS.map(({ id, title }) => ({ type: 'reply', id, title }));

/** The buttons in Z-API's form. */
export const actions = BUTTONS.map(({ id, title }) => ({ id, type: 'REPLY', label: title }));
