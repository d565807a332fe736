import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Where axe looks, and for what; everywhere and for everything by default. */
interface Look {
  /** A selector. */
  part?: string;
  rules?: string[];
  /** Whether what hurts nobody much is passed over, such as a menu that is in no landmark. */
  seriousOnly?: boolean;
}

/** What axe finds, as `rule: element`. */
export async function findViolations(page: Page, { part, rules, seriousOnly }: Look = {}): Promise<string[]> {
  // Telling what it does not find takes it most of its time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (part) axe.include(part);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  const counted = violations.filter(
    ({ impact }) => !seriousOnly || impact === 'serious' || impact === 'critical',
  );
  return counted.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Axe finds nothing at all in a part of the window, by default in its dialog. */
export async function expectAccessible(page: Page, part = '[role="dialog"]'): Promise<void> {
  expect(await findViolations(page, { part })).toEqual([]);
}

/** Axe finds nothing serious in the whole window, with what is open over it. */
export async function expectNothingSerious(page: Page): Promise<void> {
  expect(await findViolations(page, { seriousOnly: true })).toEqual([]);
}
