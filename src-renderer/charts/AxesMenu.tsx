import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { Fragment, useState } from 'react';
import { moveBeside } from '../table/table-layout.ts';
import { ColumnItem } from '../toolbar/ColumnItem.tsx';
import type { MeasureRange } from '../versions/measure.ts';
import type { ChartMeasure } from './chart-measures.ts';
import { mayBeLog } from './log-axis.ts';
import { RangeInputs } from './RangeInputs.tsx';
import { useLogAxes } from './useLogAxes.ts';

interface Props {
  label: string;
  measures: readonly ChartMeasure[];
  axes: readonly ChartMeasure[];
  /** What is asked of the axes; none where nothing can be. */
  ranges?: readonly MeasureRange[];
  onAxes: (ids: readonly string[]) => void;
  onRange?: (range: MeasureRange) => void;
  /** Whether axes may be logarithmic. */
  withLog?: boolean;
}

/** More are found by their names. */
const fewEnough = 12;
/** A run may log thousands of metrics: so many are listed at once. */
const listed = 200;

/** Which axes there are, in which order, and what is asked of each: by keys, all that dragging does. */
export function AxesMenu({ label, measures, axes, ranges = [], onAxes, onRange, withLog = false }: Props) {
  const [words, setWords] = useState('');
  const ids = axes.map(({ id }) => id);
  const others = measures.filter(({ id }) => !ids.includes(id));
  const found = [...axes, ...others].filter((each) => each.label.toLowerCase().includes(words.toLowerCase()));
  const toggle = (id: string, isShown: boolean) =>
    onAxes(isShown ? [...ids, id] : ids.filter((each) => each !== id));
  const move = (id: string, target: string | undefined) =>
    target !== undefined && onAxes(moveBeside(ids, id, target));
  const shown = found.slice(0, listed);
  const firstTrained = shown.find(({ id, hyperparameter }) => hyperparameter !== null && !ids.includes(id));
  return (
    <Popover position="bottom-start" width={300} shadow="md" trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.75} />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label={label}>
        {measures.length > fewEnough && (
          <TextInput
            size="xs"
            aria-label="Find by name"
            placeholder="Find by name"
            value={words}
            onChange={({ currentTarget }) => setWords(currentTarget.value)}
          />
        )}
        <ul className="columns-list">
          {shown.map((measure) => (
            <Fragment key={measure.id}>
              {measure === firstTrained && <li className="axes-heading">Hyperparameters</li>}
              <ColumnItem
                label={measure.label}
                shown={ids.includes(measure.id)}
                onToggle={(isShown) => toggle(measure.id, isShown)}
                onUp={() => move(measure.id, ids[ids.indexOf(measure.id) - 1])}
                onDown={() => move(measure.id, ids[ids.indexOf(measure.id) + 1])}
              />
              {withLog && ids.includes(measure.id) && mayBeLog(measure) && <LogItem measure={measure} />}
              {onRange && ids.includes(measure.id) && measure.scale !== 'time' && (
                <RangeInputs
                  measure={measure}
                  range={ranges.find((range) => range.measure.id === measure.id)}
                  onRange={onRange}
                />
              )}
            </Fragment>
          ))}
        </ul>
        {found.length > listed && (
          <p className="columns-more">{found.length - listed} more: type to narrow down</p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function LogItem({ measure: { id, label } }: { measure: ChartMeasure }) {
  const [logarithmic, setLog] = useLogAxes();
  return (
    <li className="axis-log-item">
      <Checkbox
        size="xs"
        label="Logarithmic axis"
        aria-label={`Logarithmic axis of ${label}`}
        checked={logarithmic.includes(id)}
        onChange={({ currentTarget }) => setLog(id, currentTarget.checked)}
      />
    </li>
  );
}
