import type { SliceGrid, SlicePlace } from './slice-grid.ts';

interface Props {
  shape: readonly number[];
  place: SlicePlace;
  grid: SliceGrid;
  onChange: (place: SlicePlace) => void;
}

/** Which part of a tensor that is too large to be seen whole; nothing for one that is. */
export function SlicePicker({ shape, place, grid, onChange }: Props) {
  const { leading, row, column } = place;
  const rows = shape.at(-2) ?? 1;
  const columns = shape.at(-1) ?? 1;
  return (
    <div className="slice-picker">
      {leading.map((index, dimension) => (
        <Index
          // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is its place
          key={dimension}
          label={`dim ${dimension}`}
          value={index}
          most={(shape[dimension] ?? 1) - 1}
          onChange={(value) => onChange({ ...place, leading: leading.with(dimension, value) })}
        />
      ))}
      {rows > grid.rows && (
        <Index
          label="from row"
          value={row}
          most={rows - grid.rows}
          onChange={(value) => onChange({ ...place, row: value })}
        />
      )}
      {columns > grid.columns && (
        <Index
          label="from column"
          value={column}
          most={columns - grid.columns}
          onChange={(value) => onChange({ ...place, column: value })}
        />
      )}
    </div>
  );
}

interface IndexProps {
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

function Index({ label, value, most, onChange }: IndexProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        min={0}
        max={Math.max(0, most)}
        value={value}
        onChange={({ currentTarget }) =>
          onChange(Math.max(0, Math.min(most, currentTarget.valueAsNumber || 0)))
        }
      />
    </label>
  );
}
