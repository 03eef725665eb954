import { IANAZone } from 'luxon';
import type { Db } from '../../db/connect.ts';
import {
  acceptedMinutes,
  countedAcceptances,
  settingsVersions,
  type CountedAcceptance,
} from '../../db/queries/proof-acceptances.ts';
import type { CheckHits } from '../../db/queries/proof.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { defaultSettings, settingsSchema, type Settings } from '../../domain/settings.schema.ts';
import { exceededCap, joinCaps } from '../../policy/caps.ts';
import { allowedMinutes, isAllowed } from '../../policy/quiet-hours.ts';

type SettingsAt = (at: Date) => Settings;

/** The settings as they were in force at any moment. */
export async function settingsOverTime(trx: Db): Promise<SettingsAt> {
  const versions = (await settingsVersions(trx)).map((row) => ({
    at: row.at,
    settings: settingsSchema.parse(row.value),
  }));
  return (at) => versions.findLast((version) => version.at <= at)?.settings ?? versions[0]?.settings ?? defaultSettings;
}

function zoneOf(timezone: string | null, settings: Settings): string | null {
  if (timezone !== null && IANAZone.isValidZone(timezone)) return timezone;
  return settings.defaultTimezone ?? null;
}

/** Asks of each acceptance of the wave whether those before it left a place under every cap. */
export async function checkCaps(
  trx: Db,
  input: { waveNo: number; campaign: Campaign; settingsAt: SettingsAt },
): Promise<CheckHits> {
  const { campaign, settingsAt } = input;
  // A cap of 0 forbids even a single message; otherwise a user with one acceptance breaks nothing.
  const forbids = [...campaign.caps.rules, ...settingsAt(new Date()).caps.rules].some((rule) => rule.max === 0);
  const accepted = await countedAcceptances(trx, { waveNo: input.waveNo, repeatedOnly: !forbids });
  const samples: string[] = [];
  let hits = 0;
  let history: CountedAcceptance[] = [];
  for (const one of accepted) {
    if (history[0]?.userNo !== one.userNo) history = [];
    if (one.ofWave) {
      const settings = settingsAt(one.at);
      const question = { ...one, zone: zoneOf(one.timezone, settings) };
      const caps = joinCaps([settings.caps, campaign.caps], campaign.noRepeat);
      const exceeded = exceededCap(caps, history, { question, mode: 'claim' });
      if (exceeded !== null && ++hits <= 5) samples.push(`message ${one.messageNo} user ${one.userNo}: ${exceeded}`);
    }
    history.push(one);
  }
  return { name: 'caps', hits, samples };
}

/** Asks of each minute in which the wave was accepted somewhere whether the recipients' clocks allowed it. */
export async function checkQuietHours(
  trx: Db,
  input: { waveNo: number; campaign: Campaign; settingsAt: SettingsAt },
): Promise<CheckHits> {
  const samples: string[] = [];
  let hits = 0;
  for (const one of await acceptedMinutes(trx, input.waveNo)) {
    const settings = input.settingsAt(one.minute);
    const windows = [settings.allowedHours[one.channel], input.campaign.allowedHours[one.channel]];
    const allowed = allowedMinutes(windows);
    // Without a zone only hours that are open round the clock are allowed.
    const zone = zoneOf(one.timezone, settings);
    const anyHour = allowed.length === 1 && allowed[0]?.from === 0 && allowed[0].to === 24 * 60;
    if (anyHour || (zone !== null && isAllowed(one.minute, zone, allowed))) continue;
    hits += one.messages;
    if (samples.length < 5) {
      samples.push(
        `message ${one.sample} and ${one.messages - 1} more: ${one.minute.toISOString()} in ${zone ?? 'no zone'}`,
      );
    }
  }
  return { name: 'quiet_hours', hits, samples };
}
