import type { Db } from '../../db/connect.ts';
import type { AudienceCell } from '../../db/queries/audience.ts';
import { loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { namedCampaign } from '../named.ts';
import { gatherFacts } from './lint/facts.ts';
import { forecastWave } from './lint/forecast.ts';
import type { Words } from './limits-in-words.ts';

/** Whom a campaign means at a moment, and whom the first rungs would stop; counts of users. */
export interface CampaignAudience {
  campaignId: string;
  version: number;
  at: Date;
  users: number;
  /** Score inside the interval or in the exploration band. */
  treatable: number;
  /** New entries that a wave would open now. */
  newEntries: number;
  warnedPerDay: number;
  /** In the order of the ladder; a user stops at the first. */
  excluded: { rung: 'open_entry' | 'action' | 'score'; reason: string; users: number; words: Words }[];
  segments: Pick<AudienceCell, 'segment' | 'action' | 'users' | 'inside' | 'exploring' | 'entered'>[];
  reasons: { reason: string; users: number }[];
}

/** The version in force of a named campaign. Throws NotFound. */
export async function versionInForce(db: Db, name: string): Promise<LoadedVersion> {
  const loaded = await loadVersion(db, { campaignId: await namedCampaign(db, name) });
  if (!loaded) throw new Error('a named campaign has a version in force');
  return loaded;
}

/** Counts the audience of the version in force as `plan` does. Throws NotFound. */
export async function campaignAudience(db: Db, { name, now }: { name: string; now: Date }): Promise<CampaignAudience> {
  const loaded = await versionInForce(db, name);
  const { campaignId } = loaded;
  const facts = await gatherFacts(db, { campaign: loaded.campaign, decisionAt: now });
  const sum = (number: (cell: AudienceCell) => number): number =>
    facts.audience.reduce((total, cell) => total + number(cell), 0);
  return {
    campaignId,
    version: loaded.version,
    at: now,
    users: sum((cell) => cell.users),
    treatable: sum((cell) => cell.inside + cell.exploring),
    newEntries: forecastWave(loaded.campaign, facts).reduce((total, action) => total + action.entries, 0),
    warnedPerDay: facts.warnedPerDay,
    excluded: excluded(facts.audience),
    segments: facts.audience.map(({ segment, action, users, inside, exploring, entered }) => ({
      segment,
      action,
      users,
      inside,
      exploring,
      entered,
    })),
    reasons: facts.reasons,
  };
}

/** Everybody else reaches the rungs of consent, suppression, caps … which a rehearsal counts. */
function excluded(cells: readonly AudienceCell[]): CampaignAudience['excluded'] {
  const sum = (number: (cell: AudienceCell) => number): number =>
    cells.reduce((total, cell) => total + number(cell), 0);
  const fresh = (cell: AudienceCell): number => cell.users - cell.entered;
  const lines: CampaignAudience['excluded'] = [
    {
      rung: 'open_entry',
      reason: 'open_entry',
      users: sum((cell) => cell.entered),
      words: {
        en: 'are in an entry of this campaign whose window or re-entry gap is not over',
        'zh-CN': '已进入本活动，结果窗口或再次进入的间隔尚未结束',
      },
    },
    {
      rung: 'action',
      reason: 'no_action',
      users: sum((cell) => (cell.action === null ? fresh(cell) : 0)),
      words: { en: 'fit no action of the campaign', 'zh-CN': '不符合活动的任何动作' },
    },
    {
      rung: 'score',
      reason: 'outside_interval',
      users: sum((cell) => (cell.action === null ? 0 : fresh(cell) - cell.freshInside - cell.freshExploring)),
      words: {
        en: 'have a score outside the interval and the exploration band',
        'zh-CN': '分数不在阈值区间和探索带内',
      },
    },
  ];
  return lines.filter((line) => line.users > 0);
}
