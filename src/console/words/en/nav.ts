export const nav = {
  home: 'Home',
  waves: 'Waves',
  inbox: 'Inbox',
  users: 'Users',
  health: 'Health',
  settings: 'Settings',
  people: 'People and keys',
  results: 'Results',
  thresholds: 'Thresholds',
  retrospective: 'Retrospective',
  campaigns: 'Campaigns',
};
