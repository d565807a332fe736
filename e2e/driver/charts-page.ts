import { expect, type Locator, type Page } from '@playwright/test';
import type { Version } from './json-shapes.ts';

/** Shows the charts of the run. */
export async function openCharts(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Charts' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Charts' })).toBeVisible();
  await scatterOf(page).waitFor();
}

export function scatterOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Scatter' });
}

/** Gives versions that are far from all others room in the scatter, or takes it away again. */
export async function turnRoomForFar(page: Page): Promise<void> {
  await scatterOf(page).getByRole('button', { name: 'Make room for versions far from all others' }).click();
}

/** What takes the pointer and the keys. */
export function surfaceOf(panel: Locator): Locator {
  return panel.getByRole('application');
}

/** Drags over a chart, its places as shares of its size from the upper left corner. */
export async function drag(
  page: Page,
  surface: Locator,
  path: readonly (readonly [number, number])[],
): Promise<void> {
  const box = await surface.boundingBox();
  if (!box) throw new Error('the chart is not shown');
  const places = path.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  const [first = [0, 0], ...others] = places;
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const place of others) await page.mouse.move(...place, { steps: 4 });
  await page.mouse.up();
}

/** Moves the pointer along a line of a chart until a version is told; gives what is told. */
export async function hoverAlong(
  page: Page,
  surface: Locator,
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): Promise<{ title: string; text: string }> {
  const box = await surface.boundingBox();
  if (!box) throw new Error('the chart is not shown');
  const tip = surface.getByRole('tooltip');
  for (let share = 0; share <= 1; share += 0.02) {
    const [x, y] = [fromX + (toX - fromX) * share, fromY + (toY - fromY) * share];
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    // Read at once: a drawing that becomes finer takes it away.
    const [told] = await tip.evaluateAll((tips) =>
      tips.map((each) => ({
        title: each.querySelector('b')?.textContent ?? '',
        text: each.textContent ?? '',
      })),
    );
    if (told) return told;
  }
  throw new Error('no version lies on that line');
}

type Reading = (version: Version) => number | null;

/** A metric as the charts take it: a finite number, or nothing. */
export function reading(name: string): Reading {
  return ({ reward, metrics }) => {
    const value = name === 'reward' ? (metrics['mean_reward'] ?? reward) : metrics[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
}

/** The ids of those that no other beats where more of both is better, by the definition. */
export function frontOf(versions: readonly Version[], x: Reading, y: Reading): string[] {
  const points = versions.flatMap((version) => {
    const [px, py] = [x(version), y(version)];
    return px === null || py === null ? [] : [{ id: version.id, px, py }];
  });
  const isBeaten = ({ px, py }: (typeof points)[number]) =>
    points.some((other) => other.px >= px && other.py >= py && (other.px > px || other.py > py));
  return points.filter((point) => !isBeaten(point)).map(({ id }) => id);
}

export function parallelOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Parallel coordinates' });
}

export function timelineOf(page: Page): Locator {
  return page.getByRole('region', { name: 'Timeline' });
}
