import { Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';

/** A screen: its title (also of the browser's tab), a line of explanation, the buttons that act on all of it. */
export function Page(props: { title: string; intro?: ReactNode; actions?: ReactNode; children: ReactNode }): ReactNode {
  const { title, intro, actions, children } = props;
  useEffect(() => {
    document.title = `${title} · Recallwave`;
  }, [title]);
  return (
    <Stack gap="lg" maw={1280}>
      <Group justify="space-between" align="flex-start">
        <Stack gap={4}>
          <Title order={1}>{title}</Title>
          {intro !== undefined && (
            <Text component="div" c="dimmed" maw={760}>
              {intro}
            </Text>
          )}
        </Stack>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
