import { Radio } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Direction } from '../../shared/model/metric.ts';
import { EndChoice } from '../choice/EndChoice.tsx';
import { visibleText } from '../format/visible-text.ts';
import type { MetricLine } from './metric-lines.ts';
import { pressOnRadio } from './radio-keys.ts';

interface Props {
  line: MetricLine;
  onChoose: () => void;
  onTurn: (better: Direction) => void;
}

/** A metric: whether it tells the best, and which end of it is the better one. */
export function MetricItem({ line: { name, label, mode, isChosen, flag }, onChoose, onTurn }: Props) {
  return (
    <li>
      <div className="metric-item">
        <Radio
          size="xs"
          name="best-metric"
          label={label}
          title={visibleText(name)}
          checked={isChosen}
          onChange={onChoose}
          onKeyDown={pressOnRadio}
        />
        <EndChoice of={label} value={mode} onChange={onTurn} />
      </div>
      {flag && (
        <p className="metric-flag">
          <IconAlertTriangle size={13} stroke={1.75} aria-hidden /> {flag}
        </p>
      )}
    </li>
  );
}
