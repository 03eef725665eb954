import { Radio, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { SwitchedLearning } from '../../../api/v1/schemas/thresholds.ts';
import { LEARNING_MODES, type LearningMode } from '../../../domain/learning.ts';
import { api } from '../../app/api-client.ts';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { usePolicyWords } from './use-policy-words.ts';

/** How a segment learns, and a dialog that changes it. */
export function ModeButton(props: { campaignId: string; segment: string; mode: LearningMode }): ReactNode {
  const { campaignId, segment, mode } = props;
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const [chosen, choose] = useState<string>(mode);
  const whose = segment === '*' ? {} : { segment };
  return (
    <ReasonButton
      size="xs"
      variant="default"
      aria-label={`${t('modeChange')}: ${t(`modes.${mode}`)}`}
      title={t('modeTitle', { segment: words.segment(segment) })}
      question={t('modeText')}
      confirm={t('modeChange')}
      done={t('modeDone')}
      refresh={[`/v1/campaigns/${campaignId}/`]}
      incomplete={chosen === mode}
      run={(reason, key) =>
        api.post<SwitchedLearning>(
          `/v1/campaigns/${campaignId}/learning-switches`,
          { ...whose, mode: chosen, reason },
          key,
        )
      }
      fields={
        <Radio.Group label={t('mode')} value={chosen} onChange={choose}>
          <Stack gap="xs" mt="xs">
            {LEARNING_MODES.map((value) => (
              <Radio key={value} value={value} label={t(`modes.${value}`)} description={t(`modeAbout.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      }
    >
      {t(`modes.${mode}`)}
    </ReasonButton>
  );
}
