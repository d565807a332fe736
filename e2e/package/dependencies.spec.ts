import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { builtApp } from '../driver/places.ts';

/** More packages than this in what is shipped is a decision, to be made here. */
const most = 45;

interface Lock {
  packages: Record<string, { version: string; integrity?: string; hasInstallScript?: boolean }>;
}

const readJson = async (file: string) => JSON.parse(await readFile(join(builtApp, '..', file), 'utf8'));

/** Names and versions of the packages inside the bundles, as their own lists of licences tell them. */
async function bundled(): Promise<Map<string, string>> {
  const lists = ['main', 'main/workers', 'renderer', 'cli'].map((part) =>
    readFile(join(builtApp, part, 'licenses.md'), 'utf8'),
  );
  const headings = (await Promise.all(lists)).join('\n').matchAll(/^## (\S+) - (\S+) /gm);
  return new Map([...headings].map(([, name = '', version = '']) => [name, version]));
}

test('36: few packages are shipped, all of them inside bundles, each locked by its checksum, none with a script', async () => {
  const { packages }: Lock = await readJson('package-lock.json');
  const shipped = await bundled();
  shipped.set('fs-native-extensions', packages['node_modules/fs-native-extensions']?.version ?? '');
  expect(shipped.size).toBeGreaterThan(20);
  expect(shipped.size).toBeLessThanOrEqual(most);
  for (const [name, version] of shipped) {
    const locked = Object.entries(packages).filter(
      ([place, entry]) => place.endsWith(`node_modules/${name}`) && entry.version === version,
    );
    expect([name, locked.length > 0]).toEqual([name, true]);
    for (const [, entry] of locked)
      expect([name, /^sha512-/.test(entry.integrity ?? ''), entry.hasInstallScript ?? false]).toEqual([
        name,
        true,
        false,
      ]);
  }
});

test('36: nothing is installed to run it, and every version of a tool is exact', async () => {
  const { dependencies, devDependencies } = await readJson('package.json');
  expect(dependencies).toBeUndefined();
  expect(
    Object.values(devDependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version))),
  ).toEqual([]);
  const app = await readJson('app/package.json');
  expect(Object.keys(app).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
});
