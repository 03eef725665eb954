import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import { toneOf } from '../../parts/interval-axis.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { TONE_OF } from './contrast-table.tsx';
import { EffectRows } from './effect-rows.tsx';
import { useEffectText } from './use-effect-text.ts';

/** What each arm is worth against the held-out. */
export function MoneySection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const unit = { kind: 'mean', currency: read.currency } as const;
  const text = useEffectText(unit);
  if (read.money.length === 0) return null;
  return (
    <Section title={t('money')} about={t('moneyAbout')}>
      <EffectRows
        label={t('money')}
        heads={[t('series'), t('perEntry'), t('total'), t('word')]}
        unit={unit}
        rows={read.money.map(({ action, arm, against, perEntry, total, why }) => {
          const tone = toneOf(perEntry);
          return {
            key: `${action} ${arm} ${against}`,
            label: `${say('action', action)} · ${t('versus', { arm, against: t(`against.${against}`) })}`,
            estimate: perEntry,
            tone,
            why: why ?? '–',
            cells: [
              perEntry === null ? '–' : text.interval(perEntry),
              total === null ? '–' : text.interval(total),
              <StatusBadge tone={TONE_OF[tone]}>{t(`tone.${tone}`)}</StatusBadge>,
            ],
          };
        })}
      />
    </Section>
  );
}
