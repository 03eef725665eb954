import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Retrospective } from '../../../api/v1/schemas/retrospective.ts';
import { useData } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useViewer } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodInputs } from '../../parts/period-inputs.tsx';
import { LookedBack } from './looked-back.tsx';

const DAYS = 28;
const MS_PER_DAY = 86_400_000;

/** A wave (by its number in the address) or a period looked back on. */
export function Screen(): ReactNode {
  const t = useTranslations('retrospective');
  const { locale } = useViewer();
  const [{ wave, campaign, ...search }, change] = useSearchState();
  const period = {
    from: search['from'] ?? dayBefore(DAYS),
    // A day ahead: zones to the east have it already.
    to: search['to'] ?? dayBefore(-1),
  };
  const path = wave === undefined ? '/v1/retrospectives' : `/v1/waves/${wave}/retrospective`;
  const query = { language: locale, ...(wave === undefined && { ...period, campaignId: campaign }) };
  const data = useData<Retrospective>(path, { query });
  return (
    <Page
      title={wave === undefined ? t('title') : t('titleWave', { no: wave })}
      intro={t('intro')}
      actions={
        <Button variant="default" className="no-print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      }
    >
      {wave === undefined ? (
        <Group align="flex-end" gap="sm" className="no-print">
          <CampaignSelect
            label={t('campaign')}
            value={campaign ?? null}
            onChange={(id) => change({ campaign: id ?? undefined })}
            clearable
          />
          <PeriodInputs labels={{ from: t('from'), to: t('to') }} otherwise={period} />
        </Group>
      ) : (
        <span className="no-print">
          <AppLink to="/retrospective">{t('wholePeriod')}</AppLink>
        </span>
      )}
      <DataState data={data}>
        {(found) =>
          found.waveCount === 0 ? (
            <EmptyState title={t('none')} next={<AppLink to="/waves">{t('toWaves')}</AppLink>}>
              {t('noneText')}
            </EmptyState>
          ) : (
            <LookedBack found={found} />
          )
        }
      </DataState>
    </Page>
  );
}

function dayBefore(days: number): string {
  return new Date(Date.now() - days * MS_PER_DAY).toISOString().slice(0, 10);
}
