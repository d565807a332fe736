import type { EChartsType } from 'echarts/core';
import type { ChartColours } from './chart-colours.ts';
import { graphic } from './echarts-parts.ts';
import type { Area } from './frame.ts';
import { areSameAxes, axesOption, type Picture, type Shape } from './picture.ts';

/** Above the axes, on a canvas of its own: those stay as they are while the shapes change. */
const shapeLevel = 1;

/**
 * A chart on which pictures are shown. ECharts draws the axes, and draws them anew only where they are others: that takes longer than
 * all that is between them.
 */
export class PictureChart {
  readonly #chart: EChartsType;
  readonly #shapes = new graphic.Group();
  #shown: { picture: Picture; colours: ChartColours } | null = null;

  constructor(chart: EChartsType) {
    this.#chart = chart;
    chart.getZr().add(this.#shapes);
  }

  show(picture: Picture, colours: ChartColours): void {
    const { frames, over } = picture;
    const before = this.#shown;
    if (before?.colours !== colours || !areSameAxes(before.picture.frames, frames))
      this.#chart.setOption(axesOption(frames, colours), { notMerge: true });
    this.#shapes.removeAll();
    for (const { area, shapes } of frames) this.#shapes.add(clipped(shapes, area));
    for (const shape of over) this.#shapes.add(elementOf(shape));
    this.#chart.getZr().flush();
    this.#shown = { picture, colours };
  }
}

function clipped(shapes: readonly Shape[], { left: x, top: y, width, height }: Area) {
  const group = new graphic.Group();
  for (const shape of shapes) group.add(elementOf(shape));
  group.setClipPath(new graphic.Rect({ shape: { x, y, width, height } }));
  return group;
}

const look = { zlevel: shapeLevel, silent: true };

type GraphicElement = Parameters<InstanceType<typeof graphic.Group>['add']>[0];

function elementOf(shape: Shape): GraphicElement {
  // The compiler holds optional properties of ECharts for two kinds of nothing.
  return madeOf(shape) as GraphicElement;
}

function madeOf(shape: Shape) {
  switch (shape.type) {
    case 'circle':
      return new graphic.Circle({ ...shape, ...look });
    case 'polyline':
      return new graphic.Polyline({ ...shape, ...look });
    case 'polygon':
      return new graphic.Polygon({ ...shape, ...look });
    case 'rect':
      return new graphic.Rect({ ...shape, ...look });
    case 'image':
      return new graphic.Image({ ...shape, ...look });
    case 'text':
      return new graphic.Text({ ...shape, ...look });
  }
}
