import { Button, Group, Tabs, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../api/v1/schemas/campaigns.ts';
import type { Role } from '../../../domain/roles.ts';
import { useData } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { Page } from '../../parts/page.tsx';
import { RoleMissing } from '../../parts/role-missing.tsx';
import { CampaignActions } from './campaign-actions.tsx';
import { campaignPath } from './campaign-paths.ts';
import { CampaignState } from './campaign-state.tsx';
import { Approval } from './approval/approval.tsx';
import { Contents } from './contents/contents.tsx';
import { TestSend } from './contents/test-send.tsx';
import { Edit } from './edit/edit.tsx';
import { Overview } from './overview/overview.tsx';
import { Plan } from './plan/plan.tsx';
import { useInLocale } from './use-in-locale.ts';
import { Versions } from './versions/versions.tsx';

const LOOK_EVERY_MS = 30_000;

/** The parts of a campaign's page, in the order in which one works with them. */
const TABS = {
  overview: { role: 'viewer', Show: Overview },
  contents: { role: 'viewer', Show: Contents },
  edit: { role: 'marketer', Show: Edit },
  plan: { role: 'viewer', Show: Plan },
  approval: { role: 'viewer', Show: Approval },
  test: { role: 'marketer', Show: TestSend },
  versions: { role: 'viewer', Show: Versions },
} as const satisfies Record<string, { role: Role; Show: ComponentType<{ campaign: CampaignDetail }> }>;
type Tab = keyof typeof TABS;

/** One campaign: what it does, what it says, what is being changed, and who allowed it. */
export function Screen(): ReactNode {
  const { campaignId = '' }: { campaignId?: string } = useParams({ strict: false });
  const campaign = useData<CampaignDetail>(campaignPath(campaignId), { every: LOOK_EVERY_MS });
  if (campaign.data) return <Found campaign={campaign.data} />;
  return (
    <Page title={campaignId}>
      <DataState data={campaign}>{() => null}</DataState>
    </Page>
  );
}

function Found({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  const [search, change] = useSearchState();
  const mayEdit = useMay('marketer');
  const tab: Tab = isTab(search['tab']) ? search['tab'] : 'overview';
  const shown = (Object.keys(TABS) as Tab[]).filter((each) => mayEdit || TABS[each].role === 'viewer');
  const { role, Show } = TABS[tab];
  return (
    <Page
      title={inLocale(campaign.name) ?? campaign.campaignId}
      intro={<Intro campaign={campaign} />}
      actions={<Actions campaign={campaign} />}
    >
      <Tabs value={tab} onChange={(next) => change({ tab: next ?? undefined })} keepMounted={false}>
        <Tabs.List aria-label={t('parts')}>
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tabs.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {shown.includes(tab) ? <Show campaign={campaign} /> : <RoleMissing role={role} />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function isTab(text: string | undefined): text is Tab {
  return text !== undefined && Object.hasOwn(TABS, text);
}

function Intro({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  const { campaignId, state, version, definition } = campaign;
  return (
    <>
      <Group gap="xs">
        <CampaignState state={state} />
        <Text span>{version === null ? campaignId : t('idAndVersion', { id: campaignId, version })}</Text>
      </Group>
      {definition?.description && <Text>{inLocale(definition.description)}</Text>}
    </>
  );
}

function Actions({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const mayRehearse = useMay('marketer') && campaign.version !== null;
  return (
    <>
      {mayRehearse && (
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/waves/rehearsal" search={{ campaign: campaign.campaignId } as never} {...props} />
          )}
        >
          {t('rehearse')}
        </Button>
      )}
      <CampaignActions campaign={campaign} />
    </>
  );
}
