export const nav = {
  home: 'Home',
  waves: 'Waves',
  health: 'Health',
  settings: 'Settings',
  people: 'People and keys',
  results: 'Results',
  thresholds: 'Thresholds',
  retrospective: 'Retrospective',
  campaigns: 'Campaigns',
};
