import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { SwitchedLearning } from '../../../api/v1/schemas/thresholds.ts';
import { api } from '../../app/api-client.ts';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { usePolicyWords } from './use-policy-words.ts';

interface FreezeButtonProps {
  campaignId: string;
  /** Absent: the whole campaign. */
  segment?: string;
  frozen: boolean;
}

/** The hand brake of a segment or of the whole campaign. */
export function FreezeButton({ campaignId, segment, frozen }: FreezeButtonProps): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const named = segment === undefined ? t('wholeCampaign') : words.segment(segment);
  const verb = frozen ? 'unfreeze' : 'freeze';
  // '*' is what the API calls the whole campaign.
  const whose = segment === undefined || segment === '*' ? {} : { segment };
  return (
    <ReasonButton
      size="xs"
      variant="default"
      title={t(`${verb}Title`, { segment: named })}
      question={t(`${verb}Text`)}
      confirm={t(verb)}
      done={t(`${verb}Done`)}
      refresh={[`/v1/campaigns/${campaignId}/`, '/v1/home']}
      run={(reason, key) =>
        api.post<SwitchedLearning>(
          `/v1/campaigns/${campaignId}/learning-switches`,
          { ...whose, frozen: !frozen, reason },
          key,
        )
      }
    >
      {segment === undefined ? `${t('whole')}: ${t(verb)}` : t(verb)}
    </ReasonButton>
  );
}
