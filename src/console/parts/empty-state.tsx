import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Where there is nothing to show: why, and what to do next. */
export function EmptyState({
  title,
  children,
  next,
}: {
  title: string;
  children?: ReactNode;
  next?: ReactNode;
}): ReactNode {
  return (
    <Paper withBorder p="xl">
      <Stack gap="xs" align="flex-start">
        <Title order={2} size="h3">
          {title}
        </Title>
        {children !== undefined && (
          <Text component="div" c="dimmed" maw={640}>
            {children}
          </Text>
        )}
        {next}
      </Stack>
    </Paper>
  );
}
