import { useId, type ReactNode } from 'react';
import './share-bar.css';

interface ShareBarProps {
  /** Of `whole`, filled. */
  part: number;
  /** Of `whole`, hatched after it. */
  stopped?: number;
  whole: number;
  /** The same in words, for screen readers. */
  label: string;
}

/** A part of a whole as a bar; what stopped is hatched, not only red. */
export function ShareBar({ part, stopped = 0, whole, label }: ShareBarProps): ReactNode {
  const hatch = useId();
  const percent = (value: number): string => `${whole === 0 ? 0 : (value / whole) * 100}%`;
  return (
    <svg className="share-bar" role="img" aria-label={label}>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line className="stopped-hatch" x1="0" x2="0" y1="0" y2="6" />
        </pattern>
      </defs>
      <rect className="track" width="100%" height="100%" rx="3" />
      <rect className="part" width={percent(part)} height="100%" rx="3" />
      {stopped > 0 && (
        <>
          <rect x={percent(part)} width={percent(stopped)} height="100%" fill={`url(#${hatch})`} />
          <rect className="stopped" x={percent(part)} width={percent(stopped)} y="0.75" height="12.5" />
        </>
      )}
    </svg>
  );
}
