import { HELD_OUT_GROUPS, type MetricDefinition, type ReadCell, type ReadInputs } from '../../domain/read-inputs.ts';
import type { GroupRead, GroupRole, GroupValue } from '../../domain/read.ts';
import { studentInterval } from '../means.ts';
import { wilson } from '../proportions.ts';
import { countsOf, entriesOf, groupBy, momentsOf, totalOf } from './cells.ts';
import { actionsOf, armsOf } from './design.ts';
import { LEVEL } from './effect.ts';
import { estimate } from './estimate.ts';

type HeldOutGroup = (typeof HELD_OUT_GROUPS)[number];

/** What each group of each action did, entries of the interval: arms (with or without entries), then who was held out. */
export function groupsOf(inputs: ReadInputs, cells: readonly ReadCell[]): GroupRead[] {
  const actions = new Map(
    inputs.strata.filter((stratum) => stratum.inInterval).map((stratum) => [stratum.stratum, stratum.action]),
  );
  const byAction = groupBy(cells, (cell) => actions.get(cell.stratum));
  return actionsOf(inputs).flatMap((action) => {
    const byGroup = groupBy(byAction.get(action) ?? [], (cell) => cell.group);
    return namesOf(inputs, action, [...byGroup.keys()]).map((group): GroupRead => {
      const own = byGroup.get(group) ?? [];
      const values = inputs.metrics.map((metric) => valueOf(own, metric));
      return { action, group, role: roleOf(inputs, action, group), entries: entriesOf(own), values };
    });
  });
}

function namesOf(inputs: ReadInputs, action: string, present: readonly string[]): string[] {
  const arms = armsOf(inputs, action).map((arm) => arm.arm);
  const strangers = present.filter((group) => !arms.includes(group) && !isHeldOut(group));
  return [...arms, ...strangers.toSorted(), ...HELD_OUT_GROUPS.filter((group) => present.includes(group))];
}

function isHeldOut(group: string): group is HeldOutGroup {
  return (HELD_OUT_GROUPS as readonly string[]).includes(group);
}

function roleOf(inputs: ReadInputs, action: string, group: string): GroupRole {
  if (isHeldOut(group)) return group;
  return armsOf(inputs, action).some((arm) => arm.arm === group && arm.control) ? 'control' : 'arm';
}

function valueOf(cells: readonly ReadCell[], metric: MetricDefinition): GroupValue {
  const measured = cells.filter((cell) => cell.metrics[metric.id] !== undefined);
  const counts = countsOf(measured, metric.id);
  const base = { metric: metric.id, ...counts, total: totalOf(measured, metric.id) };
  if (counts.entries === 0) return { ...base, estimate: null, why: 'nobody is in it yet' };
  if (metric.kind === 'rate') {
    return { ...base, estimate: estimate(counts.converted / counts.entries, wilson(counts, LEVEL)), why: null };
  }
  const moments = momentsOf(measured, metric.id);
  const interval = studentInterval(moments, LEVEL);
  if (interval !== null) return { ...base, estimate: estimate(moments.mean, interval), why: null };
  const why =
    counts.entries === 1 ? 'one entry has no spread' : 'all entries have the same amount: no spread to judge by';
  return { ...base, estimate: null, why };
}
