/** Counts of a merge in words, without personal data. */
export function remarksOn(notes: Record<string, number>, read: number): string[] {
  return Object.entries(notes)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => REMARKS[name]?.(count, read) ?? `${name}: ${count}`);
}

const REMARKS: Record<string, (count: number, read: number) => string> = {
  keptOptOuts: (count) => `kept ${count} opt-out${plural(count)}: the file says yes, the user said no later`,
  adoptedEvents: (count) => `${count} event${plural(count)} that came before now belong to their users`,
  sharedEmails: (count) => `${count} e-mail address${count === 1 ? ' is' : 'es are'} shared by several users`,
  erasedBefore: (count) =>
    `${count} user${plural(count)} had been erased before: suppressed on every channel until somebody lifts it`,
  bareUsers: (count) =>
    `${count} user${plural(count)} nobody had imported: made without address and consent, so that nobody contacts them`,
  varyingCells: (count) =>
    `in ${count} cell${plural(count)} of segment × score band the probabilities of a group vary: the read takes their mean`,
  unevenCells: (count) =>
    `in ${count} cell${plural(count)} of segment × score band the probabilities of the groups do not add up to 1: check the column`,
  eventsWithoutUser: (count, read) =>
    `${count} of ${read} events are of users nobody has imported yet; they are kept for them`,
};

function plural(count: number): string {
  return count === 1 ? '' : 's';
}
