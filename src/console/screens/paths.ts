/** Addresses of the console's screens; `$name` is a parameter. The server answers these and no others with the console. */
export const PATHS = {
  home: '/',
  waves: '/waves',
  rehearsal: '/waves/rehearsal',
  wave: '/waves/$waveNo',
  waveUsers: '/waves/$waveNo/users',
  waveMessages: '/waves/$waveNo/messages',
  waveProof: '/waves/$waveNo/proof',
  health: '/status',
  settings: '/settings',
  people: '/people',
  account: '/account',
  results: '/results',
  campaignResults: '/results/$campaignId',
} as const;
