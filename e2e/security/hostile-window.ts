import { expect, type Page } from '@playwright/test';
import { type Cairn, launchCairn } from '../driver/launch-cairn.ts';
import type { WebServer } from '../driver/web-server.ts';
import { answerWords } from '../driver/written-run.ts';

/** A window that shows hostile texts, and everything that any of them made it do. */
export interface HostileWindow extends Cairn {
  /** Says so, if a text was anything but a text up to now. */
  expectHarmless(where: string): Promise<void>;
  /** What the texts did, as `kind: what`. */
  deeds(): Promise<string[]>;
}

/** In each page, before its own code: notes what the policy refuses. */
function noteViolations(): void {
  const page = window as unknown as { violations: string[] };
  page.violations = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    page.violations.push(`${effectiveDirective} ${blockedURI}`),
  );
}

/** In the page: what is there that no text may bring about. */
function findDeeds(): string[] {
  const page = window as unknown as { violations: string[]; owned?: number };
  const elements = [...document.querySelectorAll('*')];
  const foreign = ['IFRAME', 'FRAME', 'OBJECT', 'EMBED', 'BASE', 'WEBVIEW', 'VIDEO', 'MATH', 'FORM'];
  const found = elements.filter(
    (element) =>
      element.classList.contains('owned') ||
      element.getAttributeNames().some((name) => name.startsWith('on')) ||
      (foreign.includes(element.tagName.toUpperCase()) && element.hasAttribute('action')) ||
      /^\s*(javascript|data):/i.test(element.getAttribute('href') ?? ''),
  );
  const styled = elements.filter((element) => /127\.0\.0\.1/.test(getComputedStyle(element).content));
  return [
    ...('owned' in page ? ['ran: a script'] : []),
    ...page.violations.map((violation) => `refused: ${violation}`),
    ...found.map((element) => `element: ${element.outerHTML.slice(0, 200)}`),
    ...styled.map((element) => `style: ${element.className}`),
    ...(({} as { polluted?: unknown }).polluted ? ['polluted: Object'] : []),
  ];
}

export async function openHostile(
  options: Parameters<typeof launchCairn>[0],
  web: WebServer,
): Promise<HostileWindow> {
  const cairn = await launchCairn(options);
  await answerWords(cairn, 'Run');
  const { page } = cairn;
  const met: string[] = [];
  page.on('dialog', (dialog) => {
    met.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss().catch(() => undefined);
  });
  page.on('pageerror', (error) => met.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') met.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!/^(app:\/\/cairn\/|data:)/.test(request.url())) met.push(`request: ${request.url()}`);
  });
  await page.addInitScript(noteViolations);
  await page.reload();
  const deeds = async () => [
    ...met,
    ...web.hits.map((hit) => `reached: ${hit}`),
    ...(await page.evaluate(findDeeds)),
  ];
  const expectHarmless = async (where: string) =>
    expect({ where, deeds: await deeds() }).toEqual({ where, deeds: [] });
  return { ...cairn, deeds, expectHarmless };
}

/** The texts of all cells of a column, scrolling through the table. */
export function textsOfColumn(page: Page, column: string): Promise<string[]> {
  return page.evaluate(readColumn, column);
}

async function readColumn(column: string): Promise<string[]> {
  const table = document.querySelector<HTMLElement>('[role="grid"]');
  if (!table) throw new Error('there is no table');
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const texts = new Set<string>();
  for (let top = 0; top < table.scrollHeight; top += table.clientHeight / 2) {
    table.scrollTop = top;
    await frame();
    await frame();
    for (const cell of table.querySelectorAll(`[data-version-id] [data-column="${column}"]`))
      texts.add(cell.textContent);
  }
  table.scrollTop = 0;
  return [...texts];
}
