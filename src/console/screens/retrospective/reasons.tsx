import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Retrospective } from '../../../api/v1/schemas/retrospective.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Section } from '../../parts/section.tsx';
import { useChurnReason } from '../../parts/use-churn-reason.ts';
import { ShareText } from './share-text.tsx';

/** Who came back, by the reasons of their warnings. */
export function ReasonsSection({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const inWords = useChurnReason();
  if (found.churnReasons.length === 0) return null;
  return (
    <Section title={t('reasons')} about={t('reasonsAbout')}>
      <DataTable
        label={t('reasons')}
        rows={found.churnReasons}
        rowKey={({ reason }) => reason}
        empty={null}
        columns={[
          { key: 'reason', head: t('reason'), cell: ({ reason }) => inWords(reason) },
          {
            key: 'contacted',
            head: t('contacted'),
            numeric: true,
            cell: ({ contacted }) => <Count value={contacted} />,
          },
          { key: 'returned', head: t('returnedContacted'), cell: ({ returned }) => <ShareText share={returned} /> },
          {
            key: 'heldOut',
            head: t('returnedHeldOut'),
            cell: ({ heldOutReturned }) => <ShareText share={heldOutReturned} />,
          },
        ]}
      />
    </Section>
  );
}
