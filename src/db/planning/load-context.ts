import type { LivePolicy } from '../../domain/assignment.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { joinCaps } from '../../policy/caps.ts';
import { allowedHoursOf, channelsOf, offersOf } from '../../policy/offers.ts';
import type { Db } from '../connect.ts';
import { attributeCatalogue } from '../queries/attributes.ts';
import { activeCampaigns, loadVersion, type LoadedVersion } from '../queries/campaigns.ts';
import { livePolicies } from '../queries/policies.ts';
import { currentSettings } from '../queries/settings.ts';
import { rows, sql, type Sql } from '../sql.ts';
import type { PlanContext } from './context.ts';
import { filterSql } from './filter-sql.ts';
import { loadRivals } from './rivals.ts';

/** What identifies a plan; a rehearsal has wave 0. */
export interface PlanRequest {
  campaignId: string;
  version?: number;
  waveNo: number;
  localDate: string;
  step: number;
  decisionAt: Date;
  snapshotAt: Date;
  /** Planned as if it were in force: a definition that is not published, and the policies that publishing would leave. */
  draft?: { loaded: LoadedVersion; policies: LivePolicy[] };
}

async function globalHoldout(db: Db): Promise<{ salt: string; share: number }> {
  const [period] = await rows<{ salt: string; share: number }>(
    db,
    sql`select salt, share from global_holdout_periods where until_at is null`,
  );
  return period ?? { salt: '', share: 0 };
}

async function mustLoad(db: Db, request: PlanRequest): Promise<LoadedVersion> {
  if (request.draft) return request.draft.loaded;
  const version = request.version === undefined ? {} : { version: request.version };
  const loaded = await loadVersion(db, { campaignId: request.campaignId, ...version });
  if (loaded) return loaded;
  throw new RecallwaveError(
    'NotFound',
    `there is no campaign ${request.campaignId}`,
    'publish it with: recallwave campaign apply FILE',
  );
}

/** Reads everything that the plan of one wave and step depends on. Throws RecallwaveError NotFound. */
export async function loadPlanContext(db: Db, request: PlanRequest): Promise<PlanContext> {
  const loaded = await mustLoad(db, request);
  const { campaign } = loaded;
  // One after another: inside a transaction there is one connection.
  const { settings } = await currentSettings(db);
  const catalogue = await attributeCatalogue(db);
  const policies = request.draft?.policies ?? (await livePolicies(db, request.campaignId));
  const holdout = await globalHoldout(db);
  const active = await activeCampaigns(db);
  const compile = (text: string | undefined, key: string): Sql | null =>
    filterSql(
      { text, place: `${request.campaignId} version ${loaded.version}, ${key}` },
      { catalogue, decisionAt: request.decisionAt },
    );
  return {
    campaign,
    salt: loaded.salt,
    version: loaded.version,
    waveNo: request.waveNo,
    localDate: request.localDate,
    step: request.step,
    decisionAt: request.decisionAt,
    snapshotAt: request.snapshotAt,
    filter: compile(campaign.audience.filter, 'audience.filter'),
    actionConditions: campaign.actions.map((action, index) => ({
      action: action.id,
      when: compile(action.when, `actions[${index}].when`),
      reasons: action.reasons ?? null,
    })),
    policies,
    globalHoldout: holdout,
    offers: offersOf(campaign, request.step),
    channels: channelsOf(campaign),
    caps: joinCaps([settings.caps, campaign.caps], campaign.noRepeat),
    allowed: allowedHoursOf(campaign, settings),
    defaultTimezone: settings.defaultTimezone ?? null,
    rivals:
      request.step === 1 ? await loadRivals(db, { of: loaded, active, catalogue, decisionAt: request.decisionAt }) : [],
    counts: campaign.category !== 'transactional' || campaign.transactionalCounts,
  };
}
