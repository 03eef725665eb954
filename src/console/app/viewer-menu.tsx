import { Button, Group, Popover, SegmentedControl, Select, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AppLink } from '../parts/app-link.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { api } from './api-client.ts';
import { useAction } from './use-action.ts';
import { useViewer } from './viewer.tsx';

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** Own account: language, appearance, zone of the times, log-out. */
export function ViewerMenu(): ReactNode {
  const t = useTranslations('shell');
  const viewer = useViewer();
  const { person, timeZone } = viewer;
  const logOut = useAction({ run: () => api.delete('/v1/session'), onDone: () => location.assign('/') });
  return (
    <Popover width={290} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconUserCircle size={20} stroke={1.6} />}
          aria-label={t('account', { name: person.name })}
        >
          <Text span maw={140} truncate fz="sm">
            {person.name}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('account', { name: person.name })}>
        <Stack gap="sm">
          <Text size="sm">
            {person.login} · {t(`roles.${person.role}`)}
          </Text>
          <LanguageSwitch label={t('language')} locale={viewer.locale} choose={viewer.chooseLocale} />
          <SchemeSwitch />
          <Select
            label={t('zone')}
            data={ZONES.includes(timeZone) ? ZONES : [timeZone, ...ZONES]}
            value={timeZone}
            searchable
            allowDeselect={false}
            onChange={(zone) => zone !== null && viewer.chooseZone(zone)}
            limit={60}
            comboboxProps={{ withinPortal: false }}
          />
          <AppLink to="/account">{t('toAccount')}</AppLink>
          <Group grow>
            <Button variant="default" loading={logOut.running} onClick={() => void logOut.start()}>
              {t('logOut')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function SchemeSwitch(): ReactNode {
  const t = useTranslations('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div>
      <Text size="sm" fw={500} id="scheme-label">
        {t('theme')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby="scheme-label"
        value={colorScheme}
        onChange={(scheme) => setColorScheme(scheme as 'light' | 'dark' | 'auto')}
        data={[
          { value: 'light', label: t('light') },
          { value: 'dark', label: t('dark') },
          { value: 'auto', label: t('auto') },
        ]}
      />
    </div>
  );
}
