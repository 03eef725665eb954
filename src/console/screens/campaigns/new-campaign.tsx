import { Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Playbook } from '../../../api/v1/schemas/campaigns.ts';
import type { Draft } from '../../../api/v1/schemas/drafts.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useData } from '../../app/use-data.ts';
import { DataState } from '../../parts/data-state.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { useInLocale } from './use-in-locale.ts';

const SMALL = '';

/** Begins a campaign of one's own from a playbook or from a small one; the draft opens in the editor. */
export function NewCampaign(): ReactNode {
  const t = useTranslations('campaigns');
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>{t('new')}</Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('newTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <Form close={close} />
      </Modal>
    </>
  );
}

function Form({ close }: { close(): void }): ReactNode {
  const t = useTranslations('campaigns');
  const navigate = useNavigate();
  const [campaignId, setCampaignId] = useState('');
  const [playbook, setPlaybook] = useState(SMALL);
  const action = useAction({
    run: (input: { campaignId: string; playbook: string | null }, key) => api.post<Draft>('/v1/campaigns', input, key),
    done: t('begun'),
    refresh: ['/v1/campaigns'],
    onDone: (draft) => {
      close();
      void navigate({ to: `/campaigns/${draft.campaignId}`, search: { tab: 'edit' } });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void action.start({ campaignId: campaignId.trim(), playbook: playbook === SMALL ? null : playbook });
      }}
    >
      <Stack>
        <TextInput
          label={t('id')}
          description={t('idHint')}
          value={campaignId}
          onChange={(event) => setCampaignId(event.currentTarget.value)}
          required
          maxLength={63}
          data-autofocus
        />
        <Playbooks value={playbook} onChange={setPlaybook} />
        {action.problem && <ErrorState problem={action.problem} action />}
        <Group justify="flex-end">
          <Button type="submit" loading={action.running}>
            {t('begin')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Playbooks({ value, onChange }: { value: string; onChange(id: string): void }): ReactNode {
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  const playbooks = useData<{ items: Playbook[] }>('/v1/playbooks');
  return (
    <DataState data={playbooks}>
      {({ items }) => (
        <Radio.Group label={t('playbook')} value={value} onChange={onChange}>
          <Stack gap="sm" mt="xs">
            <Radio value={SMALL} label={t('small')} description={t('smallText')} />
            {items.map(({ id, name, description }) => (
              <Radio key={id} value={id} label={inLocale(name) ?? id} description={inLocale(description)} />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </DataState>
  );
}
