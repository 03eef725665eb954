import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

const SOURCE = fileURLToPath(new URL('../../../shared/data/hillstrom.csv', import.meta.url));

/** False, with a line on stderr, where the data are not there: they are no part of the project. */
export function hasHillstrom(): boolean {
  const there = existsSync(SOURCE);
  if (!there)
    process.stderr.write(`skipped: ${SOURCE} is not there (the Hillstrom data are not part of the project)\n`);
  return there;
}

/** Who got no e-mail is either a control arm or the campaign's holdout. */
export type NoEmail = 'control' | 'holdout';

const campaignText = (noEmail: NoEmail): string => `
campaign: hillstrom-recorded-${noEmail}
name: { en: Hillstrom's e-mails as they were run }
timezone: America/New_York
currency: USD
locales: [en]
audience: {}
policy: { lo: 0 }
holdout: ${noEmail === 'holdout' ? 0.333333333 : 0}
actions:
  - id: two-emails
    kind: content
    arms:
      ${noEmail === 'control' ? '- { id: no-e-mail, share: 0.333333334, control: true }' : ''}
${['Mens', 'Womens'].map((who) => armText(who, noEmail)).join('\n')}
goal: { event: visit, windowDays: 14, baseRate: 0.106 }
returnEvents: [visit]
costs: { margin: 1 }
schedule: { at: "09:00" }
`;

const armText = (who: string, noEmail: NoEmail): string => `
      - id: ${who.toLowerCase()}-e-mail
        share: ${noEmail === 'holdout' ? 0.5 : 0.333333333}
        steps:
          - channels: [push]
            contents:
              push: { title: { en: "${who}" }, body: { en: "New this season" }, url: "https://shop.example.com/" }`;

/** Writes recorded.csv (64,000 rows, or `limit`) and its campaign file into `folder`; assigned on 14 days of 2025. */
export async function writeRecordedHillstrom(input: {
  folder: string;
  noEmail: NoEmail;
  limit?: number;
}): Promise<{ campaign: string; recorded: string }> {
  const { folder, noEmail } = input;
  const customers = parse(await readFile(SOURCE, 'utf8'), { columns: true }) as Record<string, string>[];
  const written = ['user_id,segment,reasons,score,arm,assigned_at,contacted,visit,conversion,spend'];
  customers.slice(0, input.limit).forEach((customer, index) => {
    const cell = (name: string): string => customer[name] ?? '';
    const [mens, womens] = [cell('mens') === '1', cell('womens') === '1'];
    const segment = mens && womens ? 'both' : mens ? 'mens_only' : 'womens_only';
    const none = cell('segment') === 'No E-Mail';
    const arm = none && noEmail === 'holdout' ? 'holdout' : cell('segment');
    const day = String(1 + (index % 14)).padStart(2, '0');
    const outcomes = [cell('visit'), cell('conversion'), cell('spend')];
    const score = (Number(cell('recency')) / 12).toFixed(4);
    written.push(
      [
        `h${index}`,
        segment,
        cell('channel'),
        score,
        arm,
        `2025-09-${day}T13:00:00Z`,
        none ? '0' : '1',
        ...outcomes,
      ].join(','),
    );
  });
  const paths = { campaign: join(folder, `${noEmail}.yaml`), recorded: join(folder, `${noEmail}.csv`) };
  await writeFile(paths.campaign, campaignText(noEmail));
  await writeFile(paths.recorded, `${written.join('\n')}\n`);
  return paths;
}
