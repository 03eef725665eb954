import type { Locator, Page } from 'playwright-core';

/** A button that acts, and how a person gets to it. */
export interface Act {
  /** Sources of src/console that it is made by. */
  source: string;
  path: string;
  /** What is filled in and opened before. */
  before?(page: Page): Promise<void>;
  button(page: Page): Locator;
  /** Lines that it writes to the audit log; absent: it only asks. */
  audit?: string;
  /** Its dialog is looked at by axe. */
  look?: true;
}

/** The open dialog. */
export const dialog = (page: Page): Locator => page.getByRole('dialog');
/** The first button of a name. */
export const exactly = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first();
/** The button of the open dialog. */
export const confirming = (name: string) => (page: Page) => dialog(page).getByRole('button', { name, exact: true });
/** Clicks a button that opens a dialog. */
export const opening = (name: string) => async (page: Page) => exactly(name)(page).click();
/** Opens a dialog and gives a reason. */
export const because = (opener: string | RegExp) => async (page: Page) => {
  await page
    .getByRole('button', { name: opener, exact: typeof opener === 'string' })
    .first()
    .click();
  await dialog(page).getByLabel('Why').fill('because');
};
/** The row of a table with a text. */
export const rowOf = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });
