import type { Rehearsal } from '../../../api/v1/schemas/wave-orders.ts';

type Group = Rehearsal['messages'][number];
/** Messages of an action, arm and channel over all hours. */
export type GroupSum = Pick<Group, 'action' | 'arm' | 'channel' | 'users' | 'coupons' | 'costMinor'>;

/** Adds up the hours. */
export function byActionArmChannel(groups: readonly Group[]): GroupSum[] {
  const sums = new Map<string, GroupSum>();
  for (const { action, arm, channel, users, coupons, costMinor } of groups) {
    const key = `${action} ${arm} ${channel}`;
    const sum = sums.get(key) ?? { action, arm, channel, users: 0, coupons: 0, costMinor: 0 };
    sum.users += users;
    sum.coupons += coupons;
    sum.costMinor += costMinor;
    sums.set(key, sum);
  }
  return [...sums.values()];
}

/** Users by the hour of their own clock, in order; null (at once) first. */
export function byHour(groups: readonly Group[]): { hour: number | null; users: number }[] {
  const sums = new Map<number | null, number>();
  for (const { localHour, users } of groups) sums.set(localHour, (sums.get(localHour) ?? 0) + users);
  return [...sums].map(([hour, users]) => ({ hour, users })).toSorted((a, b) => (a.hour ?? -1) - (b.hour ?? -1));
}
