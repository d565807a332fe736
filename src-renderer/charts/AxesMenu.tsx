import { Button, Popover } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { Fragment } from 'react';
import { moveBeside } from '../table/table-layout.ts';
import { ColumnItem } from '../toolbar/ColumnItem.tsx';
import type { MeasureRange } from '../versions/measure.ts';
import type { ChartMeasure } from './chart-measures.ts';
import { RangeInputs } from './RangeInputs.tsx';

interface Props {
  label: string;
  measures: readonly ChartMeasure[];
  axes: readonly ChartMeasure[];
  /** What is asked of the axes; none where nothing can be. */
  ranges?: readonly MeasureRange[];
  onAxes: (ids: readonly string[]) => void;
  onRange?: (range: MeasureRange) => void;
}

/** Which axes there are, in which order, and what is asked of each: by keys, all that dragging does. */
export function AxesMenu({ label, measures, axes, ranges = [], onAxes, onRange }: Props) {
  const ids = axes.map(({ id }) => id);
  const others = measures.filter(({ id }) => !ids.includes(id));
  const toggle = (id: string, shown: boolean) =>
    onAxes(shown ? [...ids, id] : ids.filter((each) => each !== id));
  const move = (id: string, target: string | undefined) =>
    target !== undefined && onAxes(moveBeside(ids, id, target));
  return (
    <Popover position="bottom-end" width={300} shadow="md" trapFocus transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.75} />}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="columns-menu" aria-label={label}>
        <ul className="columns-list">
          {[...axes, ...others].map((measure) => (
            <Fragment key={measure.id}>
              <ColumnItem
                label={measure.label}
                shown={ids.includes(measure.id)}
                onToggle={(shown) => toggle(measure.id, shown)}
                onUp={() => move(measure.id, ids[ids.indexOf(measure.id) - 1])}
                onDown={() => move(measure.id, ids[ids.indexOf(measure.id) + 1])}
              />
              {onRange && ids.includes(measure.id) && measure.scale === 'number' && (
                <RangeInputs
                  measure={measure}
                  range={ranges.find((range) => range.measure.id === measure.id)}
                  onRange={onRange}
                />
              )}
            </Fragment>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
