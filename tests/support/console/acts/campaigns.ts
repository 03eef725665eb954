import { type Act, because, confirming, dialog, exactly, opening } from './act.ts';

/** Users and tasks. */
export const USERS_AND_TASKS: Act[] = [
  {
    source: 'screens/users/suppressions.tsx',
    path: '/users/anna',
    before: because('Suppress'),
    button: confirming('Suppress'),
    audit: 'suppression.add',
    look: true,
  },
  {
    source: 'screens/users/suppressions.tsx',
    path: '/users/anna',
    before: because('Lift'),
    button: confirming('Lift'),
    audit: 'suppression.lift',
  },
  {
    source: 'screens/users/erase-button.tsx',
    path: '/users/anna',
    before: async (page) => {
      await because('Erase')(page);
      await page.getByLabel('Type the user id once more').fill('anna');
    },
    button: confirming('Erase'),
    audit: 'user.erase',
    look: true,
  },
  {
    source: 'screens/tasks/task-actions.tsx',
    path: '/tasks/1',
    button: exactly('Claim: Call them'),
    audit: 'task.claimed',
  },
  {
    source: 'screens/tasks/note-button.tsx',
    path: '/tasks/1',
    before: async (page) => {
      await exactly('Done')(page).click();
      await dialog(page).getByLabel('Note').fill('comes back in May');
    },
    button: confirming('Done'),
    audit: 'task.done',
  },
];

/** A wave. */
export const waves = (waveNo: number): Act[] => [
  {
    source: 'screens/waves/settle-button.tsx',
    path: `/waves/${waveNo}/messages?state=UNKNOWN`,
    before: async (page) => {
      await exactly('Settle')(page).click();
      await page.getByLabel('It was sent: cap, coupon and cost stay used').check();
      await dialog(page).getByLabel('Why').fill('because');
    },
    button: confirming('Settle'),
    audit: 'unknown.settle',
    look: true,
  },
  {
    source: 'screens/waves/wave-actions.tsx',
    path: `/waves/${waveNo}`,
    before: because('Pause'),
    button: confirming('Pause'),
    audit: 'wave.pause',
  },
  {
    source: 'screens/waves/wave-actions.tsx',
    path: `/waves/${waveNo}`,
    before: because('Abort'),
    button: confirming('Abort'),
    audit: 'wave.abort',
  },
  { source: 'screens/waves/wave-proof.tsx', path: `/waves/${waveNo}/proof`, button: exactly('Run it again') },
  { source: 'screens/waves/rehearsal.tsx', path: '/waves/rehearsal?campaign=winback', button: exactly('Rehearse') },
];

/** Campaigns. */
export const CAMPAIGNS: Act[] = [
  {
    source: 'screens/campaigns/new-campaign.tsx',
    path: '/campaigns',
    before: async (page) => {
      await exactly('New campaign')(page).click();
      await page.getByLabel(/^Id/).fill('autumn');
    },
    button: exactly('Begin'),
    audit: 'draft.begun',
    look: true,
  },
  {
    source: 'screens/campaigns/edit/use-draft.ts',
    path: '/campaigns/winter?tab=edit',
    before: async (page) => {
      await page.getByText('Form', { exact: true }).click();
      await page.getByLabel('Holdout').fill('0.25');
    },
    button: exactly('Save'),
    audit: 'draft.saved',
  },
  {
    source: 'screens/campaigns/approval/approval-form.tsx',
    path: '/campaigns/spring?tab=approval',
    before: (page) => page.getByLabel('Largest wave').fill('300'),
    button: exactly('Approve'),
    audit: 'draft.approved',
  },
  {
    source: 'screens/campaigns/approval/publish.tsx',
    path: '/campaigns/spring?tab=approval',
    before: opening('Publish'),
    button: confirming('Publish'),
    audit: 'draft.published',
    look: true,
  },
  {
    source: 'screens/campaigns/campaign-actions.tsx',
    path: '/campaigns/spring',
    before: because('Pause'),
    button: confirming('Pause'),
    audit: 'campaign.paused',
  },
  {
    source: 'screens/campaigns/edit/draft-bar.tsx',
    path: '/campaigns/winter?tab=edit',
    before: opening('Discard the draft'),
    button: confirming('Discard the draft'),
    audit: 'draft.discarded',
  },
];
