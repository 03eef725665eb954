import type { ReadCell, ReadInputs, Stratum } from '../../domain/read-inputs.ts';
import { entriesOf } from './cells.ts';
import { armProbability, comparatorGroups, comparatorProbability, type Against, type Pair } from './design.ts';

/** Entries on a side under which a stratum joins its neighbour, for a variance that means something. */
const SMALLEST_SIDE = 20;

/** Both sides of a comparison among entries whose chance of the arm, given one of the two, was the same. */
export interface Block {
  /** P(arm | arm or comparator). */
  propensity: number;
  arm: ReadCell[];
  against: ReadCell[];
}

/** A pair with the cells that may be compared. */
export interface Comparison extends Pair {
  /** The comparison that the arm's verdict rests on. */
  verdict: boolean;
  /** One per propensity: what exact tests condition on. Some may have nobody on a side. */
  strata: Block[];
  /** The same with small strata joined to those of the nearest propensity: what estimates are stratified by. */
  blocks: Block[];
  entries: number;
  entriesAgainst: number;
  /** Entries of the two groups in strata where one of them had no chance. */
  leftOut: number;
  /** False: no stratum gives both groups a chance. */
  comparable: boolean;
}

/**
 * Every comparison of the read: each arm against the held-out, and against the control where its action has one to compare
 * with, which then decides the verdict. A control arm that sends is compared with the held-out, without a verdict. What was
 * never randomised against each other is not compared at all, unless nothing else is there to say so.
 */
export function comparisonsOf(inputs: ReadInputs, cells: readonly ReadCell[]): Comparison[] {
  return inputs.arms.flatMap(({ action, arm, control, sends }): Comparison[] => {
    const against = (other: Against): Comparison => compare(inputs, { action, arm, against: other }, cells);
    const heldOut = against('held_out');
    if (control) return sends && heldOut.comparable ? [heldOut] : [];
    const usual = against('control');
    if (usual.entriesAgainst === 0) return [{ ...heldOut, verdict: true }];
    return [{ ...usual, verdict: true }, ...(heldOut.comparable ? [heldOut] : [])];
  });
}

/**
 * Gathers what may be compared: strata of the interval in which both groups had a chance. Strata of one propensity are one,
 * since within them chance alone decided between the two; several are compared within each (post-stratified).
 */
export function compare(inputs: ReadInputs, pair: Pair, cells: readonly ReadCell[]): Comparison {
  const groups = new Set(comparatorGroups(inputs, pair));
  const ofAction = new Map(
    inputs.strata
      .filter((stratum) => stratum.action === pair.action && stratum.inInterval)
      .map((stratum) => [stratum.stratum, stratum]),
  );
  const classes = new Map<number, Block>();
  let both = 0;
  for (const cell of cells) {
    const stratum = ofAction.get(cell.stratum);
    const side = cell.group === pair.arm ? 'arm' : groups.has(cell.group) ? 'against' : null;
    if (stratum === undefined || side === null) continue;
    both += cell.entries;
    const propensity = propensityIn(inputs, pair, stratum);
    if (propensity === null) continue;
    const block = classes.get(propensity) ?? { propensity, arm: [], against: [] };
    block[side].push(cell);
    classes.set(propensity, block);
  }
  const strata = [...classes.values()].toSorted((a, b) => a.propensity - b.propensity);
  const blocks = joinSmall(strata);
  const [entries, entriesAgainst] = [sideEntries(blocks, 'arm'), sideEntries(blocks, 'against')];
  return {
    ...pair,
    verdict: false,
    strata,
    blocks,
    entries,
    entriesAgainst,
    leftOut: both - entries - entriesAgainst,
    comparable: [...ofAction.values()].some((stratum) => propensityIn(inputs, pair, stratum) !== null),
  };
}

/** P(arm | arm or comparator), null where one of them has no chance. Rounded: the last digits are no other design. */
function propensityIn(inputs: ReadInputs, pair: Pair, stratum: Stratum): number | null {
  const arm = armProbability(stratum, pair.arm);
  const against = comparatorProbability(inputs, pair, stratum);
  if (!(arm > 0) || !(against > 0)) return null;
  return Number((arm / (arm + against)).toFixed(9));
}

function sideEntries(blocks: readonly Block[], side: 'arm' | 'against'): number {
  return blocks.reduce((sum, block) => sum + entriesOf(block[side]), 0);
}

/** Joins neighbours in propensity until each block has enough on both sides (subclassification, Rosenbaum & Rubin 1984). */
function joinSmall(strata: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const block of strata) {
    open = open === null ? block : join(open, block);
    if (Math.min(entriesOf(open.arm), entriesOf(open.against)) < SMALLEST_SIDE) continue;
    blocks.push(open);
    open = null;
  }
  if (open === null) return blocks;
  const last = blocks.pop();
  return [...blocks, last === undefined ? open : join(last, open)];
}

function join(a: Block, b: Block): Block {
  return { propensity: a.propensity, arm: [...a.arm, ...b.arm], against: [...a.against, ...b.against] };
}

/** The comparison among the entries whose data measure a metric; a recorded experiment measures only what its file has. */
export function measuring(comparison: Comparison, metric: string): Comparison {
  const blocks = comparison.blocks.map((block) => keep(block, metric));
  return {
    ...comparison,
    strata: comparison.strata.map((block) => keep(block, metric)),
    blocks: blocks.length > 1 ? blocks.filter(({ arm, against }) => arm.length > 0 && against.length > 0) : blocks,
    entries: sideEntries(blocks, 'arm'),
    entriesAgainst: sideEntries(blocks, 'against'),
  };
}

function keep({ propensity, arm, against }: Block, metric: string): Block {
  const measured = (cell: ReadCell): boolean => cell.metrics[metric] !== undefined;
  return { propensity, arm: arm.filter(measured), against: against.filter(measured) };
}
