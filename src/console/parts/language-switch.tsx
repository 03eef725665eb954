import { SegmentedControl, Text } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { ConsoleLocale } from '../words/words.ts';

/** English or Chinese, each in its own script. */
export function LanguageSwitch(props: {
  label: string;
  locale: ConsoleLocale;
  choose(locale: ConsoleLocale): void;
}): ReactNode {
  const id = useId();
  return (
    <div>
      <Text size="sm" fw={500} id={id}>
        {props.label}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-labelledby={id}
        value={props.locale}
        onChange={(locale) => props.choose(locale as ConsoleLocale)}
        data={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '简体中文' },
        ]}
      />
    </div>
  );
}
