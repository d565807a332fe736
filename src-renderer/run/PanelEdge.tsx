import { clamp } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent } from 'react';
import { changePreferences, usePreferences } from '../app/usePreferences.ts';

/** Pixels: what the details need to be read, and what the table needs beside them. */
const least = 260;
const leftToTable = 320;
const step = 24;

/** The edge between the table and the details: drag it, or move it by ← and →; a double click gives the usual width back. */
export function PanelEdge() {
  const { detailsWidth } = usePreferences();
  const drag = ({ currentTarget, pointerId, clientX }: PointerEvent<HTMLHRElement>) => {
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    setWidth(currentTarget, rightOf(currentTarget) - clientX);
  };
  const press = (event: KeyboardEvent<HTMLHRElement>) => {
    const by = new Map([
      ['ArrowLeft', step],
      ['ArrowRight', -step],
    ]).get(event.key);
    if (by === undefined) return;
    event.preventDefault();
    const { currentTarget } = event;
    setWidth(currentTarget, rightOf(currentTarget) - currentTarget.getBoundingClientRect().right + by);
  };
  return (
    <hr
      className="panel-edge"
      aria-orientation="vertical"
      aria-label="Width of the details"
      aria-valuenow={detailsWidth ?? usualWidth()}
      aria-valuemin={least}
      aria-valuemax={window.innerWidth - leftToTable}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={press}
      onDoubleClick={() => changePreferences((preferences) => ({ ...preferences, detailsWidth: null }))}
    />
  );
}

/** As details.css has it. */
function usualWidth(): number {
  return Math.round(clamp(window.innerWidth / 4, 292, 420));
}

function rightOf(edge: HTMLElement): number {
  return edge.parentElement?.getBoundingClientRect().right ?? 0;
}

function setWidth(edge: HTMLElement, wanted: number): void {
  const most = (edge.parentElement?.clientWidth ?? 0) - leftToTable;
  const detailsWidth = Math.round(clamp(wanted, least, Math.max(least, most)));
  changePreferences((preferences) => ({ ...preferences, detailsWidth, detailsWide: false }));
}
