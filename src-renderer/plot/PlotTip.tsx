import { useLayoutEffect, useRef, useState } from 'react';
import type { Corner } from './find-points.ts';
import type { PointWords } from './PlotSurface.tsx';

interface Props {
  at: Corner;
  words: PointWords;
}

/** In pixels. */
const gap = 14;

/** What a version says, beside its point and within the chart. */
export function PlotTip({ at: [x, y], words }: Props) {
  const tip = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ left: x + gap, top: y + gap });
  useLayoutEffect(() => {
    const room = tip.current?.parentElement;
    if (!tip.current || !room) return;
    const { offsetWidth: width, offsetHeight: height } = tip.current;
    setPlace({
      left: x + gap + width > room.clientWidth ? Math.max(0, x - gap - width) : x + gap,
      top: Math.max(0, Math.min(y + gap, room.clientHeight - height)),
    });
  }, [x, y]);
  return (
    <div ref={tip} className="plot-tip" role="tooltip" style={place}>
      <b>{words.title}</b>
      <dl>
        {words.facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
