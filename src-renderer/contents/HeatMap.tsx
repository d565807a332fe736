import { type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PeekedValue } from '../../shared/model/contents-view.ts';
import { formatMeasure } from './measures.ts';
import { formatElement } from './NumberGrid.tsx';
import { cellNumber, colourCells, largestOf, type SliceGrid } from './slice-grid.ts';

interface Props {
  grid: SliceGrid;
  values: readonly PeekedValue[];
}

/** In pixels. */
const [widest, tallest, largestCell] = [772, 240, 18];

/** A pixel of the canvas for each element, drawn large; the one under the pointer is told in words. */
export function HeatMap({ grid, values }: Props) {
  const { rows, columns } = grid;
  const numbers = useMemo(() => values.map(cellNumber), [values]);
  const largest = useMemo(() => largestOf(numbers), [numbers]);
  const hasNegative = useMemo(() => numbers.some((number) => number < 0), [numbers]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const cell = Math.max(1, Math.min(largestCell, Math.floor(widest / columns), Math.floor(tallest / rows)));
  useLayoutEffect(() => {
    if (rows === 0 || columns === 0) return;
    const pixels = new ImageData(colourCells(numbers), columns, rows);
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [numbers, rows, columns]);
  const point = ({ nativeEvent }: PointerEvent) => {
    const [column, row] = [Math.floor(nativeEvent.offsetX / cell), Math.floor(nativeEvent.offsetY / cell)];
    setPointed(column < columns && row < rows ? row * columns + column : null);
  };
  if (values.length === 0) return <p className="dialog-hint">It has no elements.</p>;
  return (
    <figure className="heat-map">
      <canvas
        ref={canvas}
        width={columns}
        height={rows}
        role="img"
        aria-label={`${rows} × ${columns} elements as colours; “Numbers” lists them`}
        style={{ width: columns * cell, height: rows * cell }}
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      />
      <figcaption>
        {largest > 0 && <Scale largest={largest} hasNegative={hasNegative} />}
        <p>{tellElement(pointed, grid, values)}</p>
      </figcaption>
    </figure>
  );
}

/** Which number is how strong: the colours go as far below zero as above it, where anything is below. */
function Scale({ largest, hasNegative }: { largest: number; hasNegative: boolean }) {
  return (
    <div className="heat-scale">
      <span>{hasNegative ? formatMeasure(-largest) : '0'}</span>
      <span className="heat-scale-colours" data-from-zero={!hasNegative || undefined} aria-hidden />
      <span>{formatMeasure(largest)}</span>
    </div>
  );
}

function tellElement(
  pointed: number | null,
  { ranges, columns }: SliceGrid,
  values: readonly PeekedValue[],
): string {
  const value = pointed === null ? undefined : values[pointed];
  if (pointed === null || value === undefined) {
    return 'Teal above zero, amber below, stronger with size; magenta is NaN or infinite. Hover over an element to read it.';
  }
  const [row, column] = [Math.floor(pointed / columns), pointed % columns];
  const offsets = ranges.map(({ from }, dimension) => {
    if (dimension === ranges.length - 1) return from + column;
    return dimension === ranges.length - 2 ? from + row : from;
  });
  return `[${offsets.join(', ')}] = ${formatElement(value)}`;
}
