import { clamp } from '@mantine/hooks';
import type { KeyboardEvent, PointerEvent } from 'react';
import './panel-edge.css';

interface Props {
  label: string;
  /** Which of its neighbours it makes wider. */
  panel: 'before' | 'after';
  /** Pixels; null for the usual width, which the panel's own style has too. */
  width: number | null;
  usual: number;
  least: number;
  /** What has to be left beside the panel. */
  left: number;
  onResize: (width: number | null) => void;
}

const steps = new Map([
  ['ArrowLeft', -24],
  ['ArrowRight', 24],
]);

/** The edge of a panel: drag it, or move it by ← and →; a double click gives the usual width back. */
export function PanelEdge({ label, panel, width, usual, least, left, onResize }: Props) {
  const moveTo = (edge: HTMLElement, x: number) => {
    const own = panelOf(edge, panel)?.getBoundingClientRect();
    const room = panel === 'before' ? window.innerWidth : (edge.parentElement?.clientWidth ?? 0);
    const most = room - left;
    const wanted = panel === 'before' ? x - (own?.left ?? 0) : (own?.right ?? 0) - x;
    onResize(Math.round(clamp(wanted, least, Math.max(least, most))));
  };
  const drag = ({ currentTarget, pointerId, clientX }: PointerEvent<HTMLHRElement>) => {
    if (currentTarget.hasPointerCapture(pointerId)) moveTo(currentTarget, clientX);
  };
  const press = (event: KeyboardEvent<HTMLHRElement>) => {
    const by = steps.get(event.key);
    const own = panelOf(event.currentTarget, panel)?.getBoundingClientRect();
    if (by === undefined || !own) return;
    event.preventDefault();
    moveTo(event.currentTarget, (panel === 'before' ? own.right : own.left) + by);
  };
  return (
    <hr
      className="panel-edge"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width ?? Math.round(usual)}
      aria-valuemin={least}
      aria-valuemax={Math.max(least, window.innerWidth - left)}
      tabIndex={0}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onKeyDown={press}
      onDoubleClick={() => onResize(null)}
    />
  );
}

function panelOf(edge: HTMLElement, panel: Props['panel']): Element | null {
  return panel === 'before' ? edge.previousElementSibling : edge.nextElementSibling;
}
