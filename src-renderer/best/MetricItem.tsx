import { Radio } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { visibleText } from '../format/visible-text.ts';
import { directionWord, type MetricLine } from './metric-lines.ts';
import { pressOnRadio } from './radio-keys.ts';

interface Props {
  line: MetricLine;
  onChoose: () => void;
  onTurn: () => void;
}

/** A metric: whether it tells the best, and which end of it is the better one. */
export function MetricItem({ line: { name, mode, isChosen, flag }, onChoose, onTurn }: Props) {
  const shown = visibleText(name);
  return (
    <li>
      <div className="metric-item">
        <Radio
          size="xs"
          name="best-metric"
          label={shown}
          checked={isChosen}
          onChange={onChoose}
          onKeyDown={pressOnRadio}
        />
        <button
          type="button"
          className="metric-direction"
          aria-label={`${shown}: ${mode === 'max' ? 'larger' : 'smaller'} is better, turn round`}
          onClick={onTurn}
        >
          {directionWord(mode)}
        </button>
      </div>
      {flag && (
        <p className="metric-flag">
          <IconAlertTriangle size={13} stroke={1.75} aria-hidden /> {flag}
        </p>
      )}
    </li>
  );
}
