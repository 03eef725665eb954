import type { Db } from '../db/connect.ts';
import { listCampaigns } from '../db/queries/campaigns.ts';
import { findUser, nearUserIds, type UserRow } from '../db/queries/users.ts';
import { findWave, listWaves, type WaveRow } from '../db/queries/waves.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { nearest } from '../domain/nearest.ts';

/** So many names are shown whole: the one that was meant is among them. */
const FEW_NAMES = 6;

/** The wave that a person named: its number, `campaign/date`, or a campaign (its latest wave). Throws NotFound with the latest ones. */
export async function namedWave(db: Db, name: string): Promise<WaveRow> {
  const parts = /^([a-z0-9][a-z0-9-]*)(?:\/(\d{4}-\d{2}-\d{2}))?$/.exec(name);
  // A campaign may be called 2026: a number that is no wave is tried as its name.
  const byNo = /^\d{1,15}$/.test(name) ? await findWave(db, { waveNo: Number(name) }) : undefined;
  const wave = byNo ?? (parts?.[1] ? await findWave(db, { campaignId: parts[1], localDate: parts[2] }) : undefined);
  if (wave) return wave;
  const latest = (await listWaves(db, { limit: 5 })).map((row) => `${row.waveNo} (${row.campaignId}/${row.localDate})`);
  throw new RecallwaveError(
    'NotFound',
    `there is no wave "${name}"`,
    latest.length > 0
      ? `name a wave by its number, as campaign/date, or by its campaign; the latest: ${latest.join(', ')}`
      : 'no wave has run yet; start one with `recallwave wave run CAMPAIGN`',
  );
}

/** The user of an id. Throws NotFound with ids that are near. */
export async function namedUser(db: Db, userId: string): Promise<UserRow> {
  const user = await findUser(db, userId);
  if (user) return user;
  const near = await nearUserIds(db, userId);
  throw new RecallwaveError(
    'NotFound',
    `there is no user "${userId}"`,
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : 'import users with `recallwave import users FILE`; ids are case-sensitive',
  );
}

/** Checks a campaign's id. Throws NotFound with the nearest, else with the campaigns that there are. */
export async function namedCampaign(db: Db, campaignId: string): Promise<string> {
  const names = (await listCampaigns(db)).map((campaign) => campaign.campaignId);
  if (names.includes(campaignId)) return campaignId;
  const near = nearest(campaignId, names);
  throw new RecallwaveError(
    'NotFound',
    `there is no campaign "${campaignId}"`,
    near !== undefined && names.length > FEW_NAMES
      ? `did you mean ${near}?`
      : names.length > 0
        ? `there are: ${names.join(', ')}`
        : 'apply one with `recallwave campaign apply FILE`',
  );
}
