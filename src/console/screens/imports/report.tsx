import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ImportLine, ImportReport } from '../../../api/v1/schemas/imports.ts';
import { useMay } from '../../app/viewer.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Facts } from '../../parts/section.tsx';

/** The rows of an import that were not taken, as a file; for those who may have it. */
export function RejectsLink({ line }: { line: Pick<ImportLine, 'importNo' | 'hasRejects'> }): ReactNode {
  const t = useTranslations('imports');
  const may = useMay('operator');
  const { importNo, hasRejects } = line;
  if (!hasRejects || !may) return null;
  return (
    <Anchor href={`/v1/imports/${importNo}/rejects`} download={`import-${importNo}.rejects.csv`} inherit>
      {t('download', { no: importNo })}
    </Anchor>
  );
}

/** What became of the rows of a file that was just imported. */
export function Report({ report }: { report: ImportReport }): ReactNode {
  const t = useTranslations('imports');
  const { importNo, rejected, warnings } = report;
  const counted = ['read', 'inserted', 'updated', 'unchanged', 'rejected'] as const;
  return (
    <Alert
      color={rejected === 0 ? 'green' : 'yellow'}
      title={t(rejected === 0 ? 'imported' : 'importedPartly', { no: importNo })}
      role="status"
    >
      <Stack gap="xs">
        <Facts facts={counted.map((name) => [t(name), <Count key={name} value={report[name]} />])} />
        {rejected > 0 && <Text size="sm">{t('mend')}</Text>}
        <RejectsLink line={report} />
        {warnings.length > 0 && (
          <List size="sm">
            {warnings.map((warning) => (
              <List.Item key={warning}>{warning}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Alert>
  );
}
