import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';

const tag = /<(?!!)[^>]*>/g;
const wellFormed = /^<\/?[\w:]+(?:\s+[\w:-]+="[^"]*")*\s*\/?>$/;

/** A drawing that was written, once every tag of it is one that a browser reads. */
export async function readSvg(path: string): Promise<string> {
  const svg = await readFile(path, 'utf8');
  expect(svg).toMatch(/^<svg .*<\/svg>$/s);
  expect((svg.match(tag) ?? []).filter((each) => !wellFormed.test(each))).toEqual([]);
  return svg;
}
