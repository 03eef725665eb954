import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useData } from '../app/use-data.ts';

/** What the picker needs to know of a campaign. */
export interface CampaignChoice {
  campaignId: string;
  name?: string | Readonly<Record<string, string>> | null;
}

interface CampaignSelectProps {
  label: string;
  value: string | null;
  onChange(campaignId: string | null): void;
  /** True: "all of them" can be chosen. */
  clearable?: boolean;
}

/** The published campaigns, up to 200 of them. */
export function useCampaigns() {
  return useData<{ items: CampaignChoice[] }>('/v1/campaigns', { query: { limit: 200 } });
}

/** Picks a campaign by its id. */
export function CampaignSelect({ label, value, onChange, clearable = false }: CampaignSelectProps): ReactNode {
  const t = useTranslations('parts');
  const campaigns = useCampaigns();
  const ids = (campaigns.data?.items ?? []).map(({ campaignId }) => campaignId);
  const data = value !== null && value !== '' && !ids.includes(value) ? [value, ...ids] : ids;
  return (
    <Select
      label={label}
      data={data}
      value={value === '' ? null : value}
      onChange={onChange}
      clearable={clearable}
      searchable
      placeholder={clearable ? t('allCampaigns') : t('pickCampaign')}
      allowDeselect={clearable}
      w={220}
      clearButtonProps={{ 'aria-label': t('allCampaigns') }}
    />
  );
}
