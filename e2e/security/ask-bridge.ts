import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { builtApp } from '../driver/places.ts';

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

/** The names that the built preload lets through: of requests, or of events. */
export async function namesInPreload(list: 'eventNames' | 'requestNames'): Promise<string[]> {
  const preload = await readFile(join(builtApp, 'preload/preload.cjs'), 'utf8');
  return new RegExp(`${list} = \\[([^\\]]*)\\]`).exec(preload)?.[1]?.match(/\w+/g) ?? [];
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
