/** Where the panels of a chart of bars are, in CSS pixels. */
export interface BarsLayout {
  width: number;
  height: number;
  /** How far its words are from its edges. */
  left: number;
  place: (panel: number) => PanelPlace;
}

/** A panel: its title, below it a row for each version: its name, its bar, its value. */
export interface PanelPlace {
  x: number;
  y: number;
  panelWidth: number;
  titleHeight: number;
  rowHeight: number;
  /** Between these its bars are. */
  barFrom: number;
  barTo: number;
}

const left = 16;
const headHeight = 40;
const gap = { x: 32, y: 22 };
const panelWidths = { least: 270, most: 460 };
const [titleHeight, rowHeight, valueWidth] = [24, 18, 104];
/** As much as a letter takes in a wide font, and what is left free after the name. */
const [letter, nameGap] = [8.2, 12];

/** As many panels beside each other as have room, none wider than bars are easily compared in. @param names of the versions */
export function layOutBars(panels: number, names: readonly string[], width: number): BarsLayout {
  const room = width - 2 * left;
  const columns = Math.max(1, Math.min(panels, Math.floor((room + gap.x) / (panelWidths.least + gap.x))));
  const share = Math.floor((room - gap.x * (columns - 1)) / columns);
  const panelWidth = Math.max(160, Math.min(panelWidths.most, share));
  const panelHeight = titleHeight + rowHeight * names.length + gap.y;
  const longest = Math.max(0, ...names.map(({ length }) => length));
  const nameWidth = Math.min(panelWidth / 3, longest * letter + nameGap);
  return {
    width,
    height: headHeight + Math.ceil(panels / columns) * panelHeight,
    left,
    place: (panel) => {
      const x = left + (panel % columns) * (panelWidth + gap.x);
      const y = headHeight + Math.floor(panel / columns) * panelHeight;
      const bars = { barFrom: x + nameWidth, barTo: x + panelWidth - valueWidth };
      return { x, y, panelWidth, titleHeight, rowHeight, ...bars };
    },
  };
}

/** More dots than these a canvas does not have in one direction. */
const mostDots = 16_000;

/** Dots to a CSS pixel: what the screen has, or fewer where the picture is very long. */
export function dotsFor({ height }: Pick<BarsLayout, 'height'>, screen: number): number {
  return Math.min(screen, mostDots / Math.max(1, height));
}
