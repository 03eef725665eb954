import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useMay, useViewer } from '../../app/viewer.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { NewRead } from './new-read.tsx';

interface Repeated {
  same: boolean;
  differences: string[];
}

/** What can be done with a kept read: repeat it, print it, make a newer one. */
export function ReadActions({ campaignId, readNo }: { campaignId: string; readNo: string }): ReactNode {
  const t = useTranslations('results');
  const { locale } = useViewer();
  const mayRead = useMay('marketer');
  const repeat = useAction({
    run: () => api.get<Repeated>(`/v1/reads/${readNo}/repeat`),
    onDone: ({ same, differences }) =>
      notifications.show(
        same
          ? { message: t('repeatSame'), color: 'green' }
          : { message: t('repeatDiffers', { differences: differences.join('; ') }), color: 'red', autoClose: false },
      ),
  });
  return (
    <>
      {mayRead && <NewRead campaignId={campaignId} />}
      <Button variant="default" mt={25} loading={repeat.running} onClick={() => void repeat.start()}>
        {t('repeat')}
      </Button>
      <Button
        variant="default"
        mt={25}
        component="a"
        href={`/v1/reads/${readNo}/page?language=${locale}`}
        target="_blank"
      >
        {t('page')}
      </Button>
      {repeat.problem && <ErrorState problem={repeat.problem} action />}
    </>
  );
}
