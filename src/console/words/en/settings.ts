export const settings = {
  title: 'Settings',
  intro:
    'Company-wide sender, caps, hours and holdout, as the file that recallwave settings apply takes. Campaigns add to them; the strictest wins.',
  version: 'Version {version}, by {actor}',
  builtIn: 'The built-in settings: nobody changed them yet.',
  file: 'settings.yaml',
  readOnly: 'An admin can change them.',
  problems: '{count, plural, =0 {No faults} =1 {1 fault} other {# faults}}',
  line: 'Line {line}',
  apply: 'Put in force',
  applyTitle: 'Put these settings in force?',
  applyQuestion:
    'They hold for every campaign from the next decision on. A changed share of the global holdout draws its members afresh.',
  applied: 'The settings are in force',
  unchanged: 'Nothing changed',
  reset: 'Discard my changes',
  changedSince: 'Somebody else changed the settings meanwhile',
  changedSinceText: 'Version {version} is in force now. Your text is still here; compare, and decide whose lines stay.',
  theirs: 'In force now',
  takeTheirs: 'Take theirs',
  keepMine: 'Keep mine, made from version {version}',
};
