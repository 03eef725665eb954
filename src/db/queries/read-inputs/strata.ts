import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Stratum } from '../../../domain/read-inputs.ts';
import { GIVEN, type DesignKey } from './group-keys.ts';

/** The arm shares that a policy version drew by. */
export interface PolicyShares {
  segment: string;
  action: string;
  policyVersion: number;
  armShares: Record<string, number>;
}

/** The probability of an arm among the treated, in one cell of a recorded experiment. */
export interface RecordedShare {
  action: string;
  drawnBy: string;
  arm: string;
  share: number;
  entries: number;
}

const SHARE_DIGITS = 6;

type Shares = Pick<Stratum, 'armShares' | 'designFrom'>;

/** Shares that add up to 1, without arms that nobody can get, in the order of their ids. */
function normalised(shares: ReadonlyMap<string, number>): Record<string, number> {
  const positive = [...shares].filter(([, share]) => share > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const total = positive.reduce((sum, [, share]) => sum + share, 0);
  return Object.fromEntries(positive.map(([arm, share]) => [arm, share / total]));
}

function fileShares(campaign: Campaign, action: string): Shares {
  const arms = campaign.actions.find(({ id }) => id === action)?.arms ?? [];
  return { armShares: normalised(new Map(arms.map(({ id, share }) => [id, share]))), designFrom: 'campaign_file' };
}

/** What an arm's share is over all cells of a recorded action: for cells in which by chance nobody got it. */
function meanShares(rows: readonly RecordedShare[]): Map<string, number> {
  const means = new Map<string, number>();
  for (const arm of new Set(rows.map((row) => row.arm))) {
    const own = rows.filter((row) => row.arm === arm);
    const entries = own.reduce((sum, row) => sum + row.entries, 0);
    means.set(arm, own.reduce((sum, row) => sum + row.share * row.entries, 0) / entries);
  }
  return means;
}

/** The shares of a recorded cell; arms that nobody of the cell got have what the others leave, in their mean proportions. */
function cellShares(cell: readonly RecordedShare[], action: readonly RecordedShare[]): Map<string, number> {
  const shares = new Map(cell.map(({ arm, share }) => [arm, share]));
  const left = 1 - [...shares.values()].reduce((sum, share) => sum + share, 0);
  const absent = [...meanShares(action)].filter(([arm]) => !shares.has(arm));
  const absentTotal = absent.reduce((sum, [, share]) => sum + share, 0);
  for (const [arm, share] of absent) if (left > 0) shares.set(arm, (left * share) / absentTotal);
  return shares;
}

/**
 * Numbers the strata that designs fall into: segments and policy versions of the same probabilities are one stratum. Keeps the
 * order in which the designs first come.
 */
export class StrataNumbering {
  readonly strata: Stratum[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #byDesign = new Map<string, number>();
  readonly #policies: ReadonlyMap<string, Record<string, number>>;
  readonly #recorded: readonly RecordedShare[];
  readonly #campaign: Campaign;

  constructor(input: { policies: readonly PolicyShares[]; recorded: readonly RecordedShare[]; campaign: Campaign }) {
    this.#policies = new Map(
      input.policies.map((policy) => [
        `${policy.segment}/${policy.action}/${policy.policyVersion}`,
        normalised(new Map(Object.entries(policy.armShares))),
      ]),
    );
    this.#recorded = input.recorded;
    this.#campaign = input.campaign;
  }

  /** The stratum of a design, made where it is new. */
  numberOf(design: DesignKey): number {
    const { action, drawnBy, policyVersion, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded } = design;
    const probabilities = [action, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded];
    const designKey = JSON.stringify([...probabilities, drawnBy, policyVersion]);
    const known = this.#byDesign.get(designKey);
    if (known !== undefined) return known;
    const shares = this.#sharesOf(design);
    // Shares that a file rounded, or that were filled in, must not make strata of their own.
    const rounded = Object.entries(shares.armShares).map(([arm, share]) => [arm, share.toFixed(SHARE_DIGITS)]);
    const key = JSON.stringify([...probabilities, rounded, shares.designFrom]);
    const number = this.#numbers.get(key) ?? this.strata.length;
    if (number === this.strata.length) {
      const source = recorded ? ('recorded' as const) : ('live' as const);
      this.strata.push({ stratum: number, action, inInterval, pGlobalHoldout, pHoldout, pTreat, ...shares, source });
      this.#numbers.set(key, number);
    }
    this.#byDesign.set(designKey, number);
    return number;
  }

  #sharesOf({ action, drawnBy, policyVersion, recorded }: DesignKey): Shares {
    if (recorded) return this.#recordedShares(action, drawnBy);
    const own = this.#policies.get(`${drawnBy}/${action}/${policyVersion}`);
    return own ? { armShares: own, designFrom: 'policy' } : fileShares(this.#campaign, action);
  }

  #recordedShares(action: string, drawnBy: string): Shares {
    const given = drawnBy.endsWith(GIVEN);
    const alike = this.#recorded.filter((row) => row.action === action && row.drawnBy.endsWith(GIVEN) === given);
    if (alike.length === 0) return fileShares(this.#campaign, action);
    const shares = cellShares(
      alike.filter((row) => row.drawnBy === drawnBy),
      alike,
    );
    return { armShares: normalised(shares), designFrom: given ? 'probability_column' : 'campaign_file' };
  }
}
