import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { AuditVerification } from '../../../api/v1/schemas/audit.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';

/** Recomputes the chain of hashes over the whole log and says whether it holds. */
export function Verification(): ReactNode {
  const t = useTranslations('audit');
  const [found, setFound] = useState<AuditVerification | null>(null);
  const verify = useAction({
    run: () => api.get<AuditVerification>('/v1/audit/verification'),
    onDone: setFound,
  });
  return (
    <Section
      title={t('chain')}
      about={t('chainText')}
      actions={
        <Button variant="default" loading={verify.running} onClick={() => void verify.start()}>
          {t('verify')}
        </Button>
      }
    >
      {verify.problem && <ErrorState problem={verify.problem} action />}
      {found && !verify.problem && <Verdict found={found} />}
    </Section>
  );
}

function Verdict({ found }: { found: AuditVerification }): ReactNode {
  const t = useTranslations('audit');
  const { ok, rows, brokenAt, lastHash } = found;
  return (
    <Alert color={ok ? 'green' : 'red'} title={t(ok ? 'whole' : 'broken')} role="status">
      <Stack gap="xs">
        <Text size="sm">{ok ? t('wholeText', { rows }) : t('brokenText', { line: brokenAt ?? 0 })}</Text>
        {lastHash !== null && (
          <Text size="sm" component="div" className="breakable">
            {t('lastHash')} <Code>{lastHash}</Code>
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
