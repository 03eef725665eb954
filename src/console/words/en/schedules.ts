export const schedules = {
  trigger: 'Run the schedule now',
  triggerTitle: 'Run the schedule of {campaign} now?',
  triggerText:
    'It does what it would do at its hour: today’s wave is opened and sent for real. A wave that ran today already is found, not run twice.',
  triggered: 'The schedule has run; the wave shows up under Waves',
  backfill: 'Make up past dates',
  backfillTitle: 'Make up past dates of {campaign}?',
  backfillText:
    'For dates that an outage swallowed. A date that had its wave finds it; one without is recorded as skipped. Nothing is sent late.',
  backfilled: 'The dates are being looked through',
  from: 'From',
  to: 'Up to and including',
};
