import type { EChartsType } from 'echarts/core';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { ChartColours } from './chart-colours.ts';
import { init } from './echarts-parts.ts';
import type { DrawnPicture } from './export-picture.ts';
import type { Kinds } from './kinds.ts';
import type { Picture } from './picture.ts';
import { PictureChart } from './picture-chart.ts';

/** The room a chart has, in CSS pixels, and how many dots of the screen there are to each. */
export interface ChartSize {
  width: number;
  height: number;
  dots: number;
}

/** Watches the room that an element has. Null until it is known. */
export function useChartSize(host: RefObject<HTMLElement | null>): ChartSize | null {
  const [size, setSize] = useState<ChartSize | null>(null);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const measure = () => setSize((before) => measured(element, before));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [host]);
  return size;
}

function measured({ clientWidth: width, clientHeight: height }: HTMLElement, before: ChartSize | null) {
  const dots = window.devicePixelRatio;
  const same = before?.width === width && before.height === height && before.dots === dots;
  return same ? before : { width, height, dots };
}

/** Draws a picture into an element, anew whenever it is another. @param drawn is given what is on the screen, with what its colours mean */
export function useEchart(
  host: RefObject<HTMLElement | null>,
  size: ChartSize | null,
  picture: Picture | null,
  colours: ChartColours,
  drawn: RefObject<DrawnPicture | null>,
  legend: Kinds | null = null,
): void {
  const chart = useRef<{ echart: EChartsType; pictures: PictureChart } | null>(null);
  const dots = size?.dots;
  useLayoutEffect(() => {
    if (!host.current || dots === undefined) return;
    const echart = init(host.current, null, { devicePixelRatio: dots });
    chart.current = { echart, pictures: new PictureChart(echart) };
    return () => {
      echart.dispose();
      chart.current = null;
    };
  }, [host, dots]);
  useLayoutEffect(() => {
    if (!chart.current || !size || !picture || size.width === 0 || size.height === 0) return;
    const { echart, pictures } = chart.current;
    const { width, height } = size;
    if (echart.getWidth() !== width || echart.getHeight() !== height)
      echart.resize({ width, height, silent: true });
    pictures.show(picture, colours);
    drawn.current = { picture, size, colours, legend };
  }, [size, picture, colours, drawn, legend]);
}
