import { Text } from '@mantine/core';
import { useMemo, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { lineDifference, type DifferentLine } from './line-difference.ts';
import './lines.css';

const AROUND = 3;

/** Two texts as lines that went (−) and came (+), with a few lines around them. */
export function Lines({ before, after, label }: { before: string; after: string; label: string }): ReactNode {
  const t = useTranslations('campaigns');
  const lines = useMemo(() => shortened(lineDifference(before, after)), [before, after]);
  if (before === after) return <Text c="dimmed">{t('noDifference')}</Text>;
  return (
    <pre className="lines" tabIndex={0} role="region" aria-label={label}>
      {lines.map((line, index) =>
        line === null ? (
          <span key={index} className="lines-gap">
            ⋯
          </span>
        ) : (
          <Line key={index} line={line} />
        ),
      )}
    </pre>
  );
}

const SIGN = { same: ' ', removed: '−', added: '+' } as const;

function Line({ line: { kind, text } }: { line: DifferentLine }): ReactNode {
  const shown = `${SIGN[kind]} ${text}\n`;
  if (kind === 'removed') return <del>{shown}</del>;
  if (kind === 'added') return <ins>{shown}</ins>;
  return <span>{shown}</span>;
}

/** null: lines that are left out. */
function shortened(lines: readonly DifferentLine[]): (DifferentLine | null)[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  return lines.flatMap((line, index) => {
    if (near[index]) return [line];
    return index === 0 || near[index - 1] ? [null] : [];
  });
}
