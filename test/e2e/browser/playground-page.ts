import type { Locator, Page } from 'playwright-core';

export function field(page: Page, label: string, exact = true): Locator {
  return page.getByRole('textbox', { name: label, exact: exact && label !== 'Footer' });
}

/** Clicks a button of the playground, not of the phone. */
export function click(page: Page, name: string): Promise<void> {
  return page
    .locator(':not(.phone *)')
    .and(page.getByRole('button', { name, exact: true }))
    .click();
}

/** Chooses a segment, such as an account. The control hides its radio button. */
export function choose(page: Page, group: string, name: string): Promise<void> {
  return page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name }).check({ force: true });
}

export function phone(page: Page, name: string): Locator {
  return page.getByRole('region', { name });
}

export function steps(page: Page): Locator {
  return page.locator('.step');
}

/** Returns the issue shown below a field, to which `aria-describedby` refers. */
export async function faultOf(faulty: Locator): Promise<string | null> {
  const id = await faulty.and(faulty.page().locator('[aria-invalid="true"]')).getAttribute('aria-describedby');
  return faulty.page().locator(`[id="${id}"]`).textContent();
}

/** Plans a fault for the next request to Z-API. */
export async function trouble(page: Page, what: string): Promise<void> {
  await page.getByRole('tab', { name: 'Timeline' }).click();
  const panel = page.locator('.fault-panel');
  if (!(await panel.getAttribute('open').then((open) => open !== null))) await panel.locator('summary').click();
  await panel.getByLabel('Fault').selectOption({ label: what });
  await panel.getByRole('button', { name: 'Inject' }).click();
  await panel.locator('.fault-panel-pending').waitFor();
}
