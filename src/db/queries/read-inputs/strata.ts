import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Stratum } from '../../../domain/read-inputs.ts';
import type { DesignKey } from './cells.ts';

/** The arm shares that a policy version drew by. */
export interface PolicyShares {
  segment: string;
  action: string;
  policyVersion: number;
  armShares: Record<string, number>;
}

/** Mean probability of an arm among the treated of a recorded action; null: the file had no probability for some of them. */
export interface RecordedShare {
  action: string;
  arm: string;
  share: number | null;
}

type Shares = Pick<Stratum, 'armShares' | 'designFrom'>;

/** Shares that add up to 1, without arms that nobody can get, in the order of their ids. */
function normalised(shares: readonly (readonly [string, number])[]): Record<string, number> {
  const positive = shares.filter(([, share]) => share > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const total = positive.reduce((sum, [, share]) => sum + share, 0);
  return Object.fromEntries(positive.map(([arm, share]) => [arm, share / total]));
}

function fileShares(campaign: Campaign, action: string): Shares {
  const arms = campaign.actions.find(({ id }) => id === action)?.arms ?? [];
  return { armShares: normalised(arms.map(({ id, share }) => [id, share])), designFrom: 'campaign_file' };
}

function recordedShares(recorded: readonly RecordedShare[], campaign: Campaign, action: string): Shares {
  const own = recorded.filter((row) => row.action === action);
  if (own.length === 0 || own.some(({ share }) => share === null)) return fileShares(campaign, action);
  return { armShares: normalised(own.map(({ arm, share }) => [arm, share ?? 0])), designFrom: 'probability_column' };
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
        normalised(Object.entries(policy.armShares)),
      ]),
    );
    this.#recorded = input.recorded;
    this.#campaign = input.campaign;
  }

  /** The stratum of a design, made where it is new. */
  numberOf(design: DesignKey): number {
    const { action, policySegment, policyVersion, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded } = design;
    const probabilities = [action, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded];
    const designKey = JSON.stringify([...probabilities, policySegment, policyVersion]);
    const known = this.#byDesign.get(designKey);
    if (known !== undefined) return known;
    const shares = this.#sharesOf(design);
    const key = JSON.stringify([...probabilities, shares]);
    const number = this.#numbers.get(key) ?? this.strata.length;
    if (number === this.strata.length) {
      const source = recorded ? ('recorded' as const) : ('live' as const);
      this.strata.push({ stratum: number, action, inInterval, pGlobalHoldout, pHoldout, pTreat, ...shares, source });
      this.#numbers.set(key, number);
    }
    this.#byDesign.set(designKey, number);
    return number;
  }

  #sharesOf({ action, policySegment, policyVersion, recorded }: DesignKey): Shares {
    if (recorded) return recordedShares(this.#recorded, this.#campaign, action);
    const own = this.#policies.get(`${policySegment}/${action}/${policyVersion}`);
    return own ? { armShares: own, designFrom: 'policy' } : fileShares(this.#campaign, action);
  }
}
