import { type Act, because, confirming, dialog, exactly, opening, rowOf } from './act.ts';

/** Accounts, links, keys, one's own account. */
export const PEOPLE: Act[] = [
  {
    source: 'screens/people/invite-button.tsx',
    path: '/people',
    before: opening('Invite somebody'),
    button: confirming('Make a link'),
    audit: 'person.invite',
    look: true,
  },
  {
    source: 'screens/people/accounts.tsx',
    path: '/people',
    button: (page) => rowOf(page, 'The viewer').getByRole('button', { name: 'New password' }),
    audit: 'person.invite',
  },
  {
    source: 'screens/people/invitations.tsx',
    path: '/people',
    button: exactly('Withdraw'),
    audit: 'person.uninvite',
  },
  {
    source: 'screens/people/new-key-button.tsx',
    path: '/people',
    before: async (page) => {
      await exactly('Make a key')(page).click();
      await page.getByLabel(/^Name of the key/).fill('warehouse');
    },
    button: confirming('Make a key'),
    audit: 'key.create',
    look: true,
  },
  {
    source: 'screens/people/keys.tsx',
    path: '/people',
    before: opening('Revoke'),
    button: confirming('Revoke'),
    audit: 'key.revoke',
    look: true,
  },
  {
    source: 'screens/people/accounts.tsx',
    path: '/people',
    before: (page) => rowOf(page, 'The viewer').getByRole('button', { name: 'Log out everywhere' }).click(),
    button: confirming('Yes, go on'),
    audit: 'session.end',
  },
  {
    source: 'screens/people/accounts.tsx',
    path: '/people',
    before: (page) => rowOf(page, 'The viewer').getByRole('button', { name: 'Disable' }).click(),
    button: confirming('Yes, go on'),
    audit: 'person.change',
  },
  { source: 'screens/people/accounts.tsx', path: '/people', button: exactly('Enable'), audit: 'person.change' },
  {
    source: 'screens/account/own-sessions.tsx',
    path: '/account',
    button: exactly('Log out there'),
    audit: 'session.end',
  },
  {
    source: 'screens/account/account.tsx',
    path: '/account',
    before: (page) => page.getByLabel(/^Name/).fill('Somebody else'),
    button: exactly('Save'),
    audit: 'person.profile',
  },
];

/** Switches, settings, providers, imports, audit log. */
export const COMPANY: Act[] = [
  {
    source: 'screens/home/kill-switch.tsx',
    path: '/',
    before: because('Stop all sending'),
    button: confirming('Stop everything'),
    audit: 'kill.engage',
    look: true,
  },
  {
    source: 'screens/home/kill-switch.tsx',
    path: '/',
    before: because('Let sending go on'),
    button: confirming('Let sending go on'),
    audit: 'kill.release',
  },
  {
    source: 'screens/settings/settings.tsx',
    path: '/settings',
    before: async (page) => {
      await page.getByLabel('settings.yaml').click();
      await page.keyboard.press('ControlOrMeta+Home');
      await page.keyboard.press('End');
      await page.keyboard.insertText(' of Winback');
      await page.getByText('No faults').waitFor();
      await exactly('Put in force')(page).click();
    },
    button: confirming('Yes, go on'),
    audit: 'settings.apply',
  },
  {
    source: 'screens/health/throttle-buttons.tsx',
    path: '/status',
    before: async (page) => {
      await page.getByRole('button', { name: /: E-mail$/ }).click();
      await dialog(page).getByRole('textbox').fill('50');
    },
    button: (page) => dialog(page).getByRole('button').last(),
    audit: 'throttle.set',
  },
  { source: 'screens/audit/verification.tsx', path: '/audit', button: exactly('Verify the chain') },
  {
    source: 'screens/imports/use-upload.ts',
    path: '/imports',
    before: (page) =>
      page
        .locator('input[type=file]')
        .setInputFiles({ name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from('user_id\nnew-1\n') }),
    button: exactly('Import'),
  },
];

/** Webhooks. */
export const WEBHOOKS: Act[] = [
  {
    source: 'screens/webhooks/new-webhook-button.tsx',
    path: '/webhooks',
    before: async (page) => {
      await exactly('Add a webhook')(page).click();
      await dialog(page).getByLabel('Address').fill('http://127.0.0.1:9/told');
    },
    button: confirming('Add a webhook'),
    audit: 'webhook.add',
  },
  { source: 'screens/webhooks/test-section.tsx', path: '/webhooks/1', button: exactly('Send a test') },
  {
    source: 'screens/webhooks/webhook-actions.tsx',
    path: '/webhooks/1',
    before: opening('Another secret'),
    button: confirming('Another secret'),
    audit: 'webhook.rotate',
  },
  {
    source: 'screens/webhooks/webhook-actions.tsx',
    path: '/webhooks/1',
    before: opening('Pause'),
    button: confirming('Pause'),
    audit: 'webhook.pause',
  },
  {
    source: 'screens/webhooks/webhook-actions.tsx',
    path: '/webhooks/1',
    before: opening('Remove'),
    button: confirming('Remove'),
    audit: 'webhook.remove',
  },
];
