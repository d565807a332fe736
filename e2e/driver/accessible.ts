import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** Where axe looks, and for what; everywhere and for everything by default. */
interface Look {
  /** A selector. */
  part?: string;
  rules?: string[];
  /** Whether what hurts nobody much is passed over, such as a menu that is in no landmark. */
  seriousOnly?: boolean;
  /** Whether of a long table only the first rows are looked at: rows are all made alike, and axe takes its time for each cell. */
  fewRows?: boolean;
}

/** The rows of a table from its tenth on. */
const laterRows = '[role="rowgroup"] > [role="row"]:nth-child(n + 10)';

/** In the page: axe is there until the next load. */
const hasAxe = () => 'axe' in window;

interface Asked {
  include: string[];
  exclude: string[];
  rules: string[];
}

/** In the page: each finding with its impact. No rules are all of them. */
async function runAxe({ include, exclude, rules }: Asked) {
  const { axe: inPage } = window as unknown as { axe: typeof axe };
  const { violations } = await inPage.run(
    { include, exclude },
    // Telling what it does not find takes it most of its time.
    {
      resultTypes: ['violations'],
      ...(rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {}),
    },
  );
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => ({ impact: `${impact}`, said: `${id}: ${html}` })),
  );
}

/** What axe finds, as `rule: element`. */
export async function findViolations(
  page: Page,
  { part = 'html', rules = [], seriousOnly, fewRows }: Look = {},
): Promise<string[]> {
  if (!(await page.evaluate(hasAxe))) await page.evaluate(axe.source);
  const found = await page.evaluate(runAxe, { include: [part], exclude: fewRows ? [laterRows] : [], rules });
  return found
    .filter(({ impact }) => !seriousOnly || impact === 'serious' || impact === 'critical')
    .map(({ said }) => said);
}

/** Axe finds nothing at all in a part of the window, by default in its dialog. */
export async function expectAccessible(page: Page, part = '[role="dialog"]'): Promise<void> {
  expect(await findViolations(page, { part })).toEqual([]);
}

/** Axe finds nothing serious in the whole window, with what is open over it. */
export async function expectNothingSerious(page: Page): Promise<void> {
  expect(await findViolations(page, { seriousOnly: true })).toEqual([]);
}
