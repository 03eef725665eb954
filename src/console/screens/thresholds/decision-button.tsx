import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { DecidedThreshold, LedgerProposal } from '../../../api/v1/schemas/thresholds.ts';
import { api } from '../../app/api-client.ts';
import { ReasonButton } from '../../parts/reason-button.tsx';

type Verb = 'accept' | 'reject' | 'revert';

const PATH: Record<Verb, string> = { accept: 'apply', reject: 'reject', revert: 'revert' };
const DONE = { accept: 'accepted', reject: 'rejected', revert: 'reverted' } as const;

/** Decides about a proposal, with a reason for the history. */
export function DecisionButton({ proposal, verb }: { proposal: LedgerProposal; verb: Verb }): ReactNode {
  const t = useTranslations('thresholds');
  const { proposalNo, campaignId } = proposal;
  const no = String(proposalNo);
  return (
    <ReasonButton
      {...(verb !== 'accept' && { variant: 'default' })}
      {...(verb === 'revert' && { size: 'xs' })}
      title={t(`${verb}Title`, { no })}
      question={t(`${verb}Text`)}
      confirm={t(verb)}
      done={t(DONE[verb])}
      refresh={[`/v1/campaigns/${campaignId}/`, '/v1/home']}
      run={(reason, key) => api.post<DecidedThreshold>(`/v1/proposals/${no}/${PATH[verb]}`, { reason }, key)}
    >
      {t(verb)}
    </ReasonButton>
  );
}
