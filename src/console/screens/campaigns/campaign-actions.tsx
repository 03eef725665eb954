import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignLine, ChangedState } from '../../../api/v1/schemas/campaigns.ts';
import { api } from '../../app/api-client.ts';
import { useMay } from '../../app/viewer.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { campaignPath } from './campaign-paths.ts';

type Verb = 'pause' | 'resume' | 'archive';

const VERBS: Record<CampaignLine['state'], readonly Verb[]> = {
  active: ['pause', 'archive'],
  paused: ['resume', 'archive'],
  archived: ['resume'],
  draft: [],
};
const DONE = { pause: 'paused', resume: 'resumed', archive: 'archived' } as const;

/** Pause, resume and archive, each with a question and a reason; nothing for those who may not. */
export function CampaignActions({ campaign }: { campaign: CampaignLine }): ReactNode {
  const may = useMay('operator');
  if (!may) return null;
  return VERBS[campaign.state].map((verb) => <StateButton key={verb} campaign={campaign} verb={verb} />);
}

function StateButton({ campaign: { campaignId }, verb }: { campaign: CampaignLine; verb: Verb }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <ReasonButton
      title={t(`${verb}Title`)}
      question={t(`${verb}Text`)}
      confirm={t(verb)}
      done={t(DONE[verb])}
      refresh={['/v1/campaigns', '/v1/home']}
      run={(reason, key) => api.post<ChangedState>(`${campaignPath(campaignId)}/${verb}`, { reason }, key)}
      onDone={({ schedule }) => {
        if (schedule === 'later') notifications.show({ message: t('scheduleLater'), color: 'yellow' });
      }}
      variant={verb === 'resume' ? 'filled' : 'default'}
      {...(verb === 'archive' && { color: 'red', variant: 'light' })}
    >
      {t(verb)}
    </ReasonButton>
  );
}
