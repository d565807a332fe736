import type { Page } from '@playwright/test';

/** What the page is answered. */
interface Answer {
  ok: boolean;
  value?: { runs?: { runId: string; folder: string }[] };
  failure?: { code: string; message: string };
}
/** The page, as far as the bridge put something there. */
export interface BridgePage {
  cairn: {
    request(name: string, input: unknown): Promise<Answer>;
    openDropped(file: unknown): Promise<Answer>;
  };
}

/** Asks main something through the bridge of a page. */
export function ask(page: Page, name: string, input: unknown): Promise<Answer> {
  return page.evaluate(
    ([what, given]) => (window as unknown as BridgePage).cairn.request(what as string, given),
    [name, input] as const,
  );
}

export async function openRuns(page: Page): Promise<{ runId: string; folder: string }[]> {
  return (await ask(page, 'listRuns', {})).value?.runs ?? [];
}
