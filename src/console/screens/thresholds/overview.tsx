import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ReportedPolicy, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { useMay } from '../../app/viewer.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { FreezeButton } from './freeze-button.tsx';
import { ModeButton } from './mode-button.tsx';
import { usePolicyWords } from './use-policy-words.ts';

/** Every policy in one line: what is treated, how it learns, where it stands. */
export function OverviewSection({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const mayDecide = useMay('marketer');
  const { campaignId } = report;
  return (
    <Section
      title={t('overview')}
      actions={mayDecide && <FreezeButton campaignId={campaignId} frozen={isFrozenWhole(report)} />}
    >
      <DataTable
        label={t('overview')}
        rows={report.policies}
        rowKey={({ segment, action }) => `${segment} ${action}`}
        empty={null}
        columns={[
          { key: 'policy', head: t('policy'), cell: (policy) => words.policy(policy) },
          { key: 'interval', head: t('interval'), cell: ({ inForce }) => words.interval(inForce) },
          { key: 'version', head: t('version'), numeric: true, cell: ({ inForce }) => inForce.policyVersion },
          { key: 'mode', head: t('mode'), cell: (policy) => <Mode campaignId={campaignId} policy={policy} /> },
          { key: 'state', head: t('state'), cell: (policy) => <State report={report} policy={policy} /> },
          ...(mayDecide
            ? [
                {
                  key: 'freeze',
                  head: t('freeze'),
                  cell: ({ segment, frozenBy }: ReportedPolicy) => (
                    <FreezeButton campaignId={campaignId} segment={segment} frozen={frozenBy?.segment === segment} />
                  ),
                },
              ]
            : []),
        ]}
      />
    </Section>
  );
}

function isFrozenWhole(report: ThresholdReport): boolean {
  return report.switches.find(({ segment, frozen }) => segment === '*' && frozen !== null)?.frozen === true;
}

function Mode({ campaignId, policy }: { campaignId: string; policy: ReportedPolicy }): ReactNode {
  const t = useTranslations('thresholds');
  const mayDecide = useMay('marketer');
  if (!mayDecide) return t(`modes.${policy.mode}`);
  return <ModeButton campaignId={campaignId} segment={policy.segment} mode={policy.mode} />;
}

function State({ report, policy }: { report: ThresholdReport; policy: ReportedPolicy }): ReactNode {
  const t = useTranslations('thresholds');
  const { segment, action, freezes, frozenBy } = policy;
  if (frozenBy !== null) return <StatusBadge tone="waiting">{t('frozen')}</StatusBadge>;
  if (freezes.length > 0) return <StatusBadge tone="waiting">{t('onHold')}</StatusBadge>;
  const open = report.open.some((line) => line.segment === segment && line.action === action);
  return <StatusBadge tone={open ? 'running' : 'quiet'}>{t(open ? 'proposed' : 'atRest')}</StatusBadge>;
}
