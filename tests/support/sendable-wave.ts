import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Knex } from 'knex';
import type { campaignSchema } from '../../src/domain/campaign.schema.ts';
import type { ChannelName } from '../../src/domain/words.ts';
import { publishVersion } from '../../src/db/queries/publish-version.ts';
import type { StoredContents } from '../../src/templates/facts.ts';
import { aDefinition } from './world.ts';

const TEXTS: StoredContents[string] = {
  email: {
    en: {
      subject: 'Come back',
      html: '<p>Hello</p><p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>',
      text: 'Hello\n{{unsubscribeUrl}}\n',
    },
  },
  sms: { en: { text: 'Hello' } },
  push: { en: { title: 'Hello', body: 'Come back', url: 'https://example.test/' } },
  task: { en: { title: 'Call', body: 'Call them', dueIn: '2d' } },
};

/** A published campaign whose arm `mail` of action `offer` has texts for steps 1 and 2 on every channel. */
export async function aSendableCampaign(
  db: Knex,
  overrides: Partial<z.input<typeof campaignSchema>> = {},
  texts: StoredContents[string] = TEXTS,
): Promise<string> {
  const campaign = aDefinition(overrides);
  await db.transaction((trx) =>
    publishVersion(trx, {
      campaign,
      contents: { 'offer/mail/1': texts, 'offer/mail/2': texts },
      source: '',
      hash: randomUUID(),
      author: 'test',
    }),
  );
  return campaign.campaign;
}

/** Inserts users, warnings, entries and due messages of a new wave in a few statements; returns wave and message numbers. */
export async function aFullWave(
  db: Knex,
  input: {
    campaignId: string;
    users: number;
    channel?: ChannelName;
    costMinor?: number;
    at?: Date;
    localDate?: string;
  },
): Promise<{ waveNo: number; messageNos: number[] }> {
  const at = input.at ?? new Date(Date.now() - 60_000);
  const wave = (await db('waves')
    .insert({
      campaign_id: input.campaignId,
      local_date: input.localDate ?? at.toISOString().slice(0, 10),
      version: 1,
      state: 'sending',
      trigger: 'manual',
      decision_at: at,
      audience: input.users,
      reserved_minor: (input.costMinor ?? 0) * input.users,
      actor: 'test',
    })
    .returning('wave_no')) as { wave_no: number }[];
  const waveNo = wave[0]?.wave_no ?? 0;
  const { rows } = await db.raw<{ rows: { message_no: number }[] }>(
    `with people as (
       insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, consent_push, attributes, actor)
       select 'w' || :waveNo || '-' || g, 'w' || :waveNo || '-' || g || '@example.test',
         '+1555' || lpad(cast(cast(:waveNo as int) * 10000 + g as text), 7, '0'), 'en', 'UTC', true, true, true, '{}', 'test'
       from generate_series(1, cast(:users as int)) g returning user_no),
     warned as (
       insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor)
       select user_no, 'default', 0.7, 'shopper', '{price}', :at, cast(:at as timestamptz) + interval '30 days', 'test' from people
       returning user_no, warning_no),
     entered as (
       insert into entries (campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action, policy_segment, policy_version,
         in_interval, assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at, window_ends_at, reentry_at)
       select :campaignId, user_no, 1, :waveNo, 1, warning_no, 'shopper', 0.7, 8, 'offer', '*', 1, true, 'arm', 'mail', 'mail',
         0, 0.1, 0.9, 0.8, :at, cast(:at as timestamptz) + interval '14 days', cast(:at as timestamptz) + interval '44 days'
       from warned returning entry_no, user_no)
     insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm,
       counted_at, cost_minor, state, planned_at, expires_at)
     select gen_random_uuid(), :waveNo, 1, entry_no, user_no, :campaignId, :channel, 'winback', 'offer', 'coupon', 'mail',
       :at, :costMinor, 'PLANNED', :at, cast(:at as timestamptz) + interval '2 days'
     from entered order by user_no returning message_no`,
    {
      waveNo,
      users: input.users,
      at,
      campaignId: input.campaignId,
      channel: input.channel ?? 'email',
      costMinor: input.costMinor ?? 0,
    },
  );
  const cost = (input.costMinor ?? 0) * input.users;
  await db('campaign_budgets').where({ campaign_id: input.campaignId }).increment('reserved_minor', cost);
  return { waveNo, messageNos: rows.map((row) => row.message_no) };
}
