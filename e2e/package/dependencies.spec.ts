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

type Locked = Lock['packages'];

/** What is wrong with the packages that are shipped, by what is locked. */
function faultsOf(packages: Locked, shipped: ReadonlyMap<string, string>): string[] {
  return [
    ...(shipped.size > most ? [`${shipped.size} packages are shipped`] : []),
    ...[...shipped].flatMap(([name, version]) => {
      const locked = Object.entries(packages).filter(
        ([place, entry]) => place.endsWith(`node_modules/${name}`) && entry.version === version,
      );
      return [
        ...(locked.length === 0 ? [`${name} ${version} is not locked`] : []),
        ...locked.flatMap(([, entry]) => [
          ...(/^sha512-/.test(entry.integrity ?? '') ? [] : [`${name} has no checksum`]),
          ...(entry.hasInstallScript ? [`${name} runs a script`] : []),
        ]),
      ];
    }),
  ];
}

const notExact = (versions: readonly unknown[]) =>
  versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(String(version)));

async function lockedAndShipped(): Promise<{ packages: Locked; shipped: Map<string, string> }> {
  const { packages }: Lock = await readJson('package-lock.json');
  const shipped = await bundled();
  shipped.set('fs-native-extensions', packages['node_modules/fs-native-extensions']?.version ?? '');
  return { packages, shipped };
}

test('36: few packages are shipped, all of them inside bundles, each locked by its checksum, none with a script', async () => {
  const { packages, shipped } = await lockedAndShipped();
  expect(shipped.size).toBeGreaterThan(20);
  expect(faultsOf(packages, shipped)).toEqual([]);
});

test('control: a package too many, one that is not locked, one with a script and a loose version are found out', async () => {
  const { packages, shipped } = await lockedAndShipped();
  const [place = '', entry] = Object.entries(packages).find(([name]) => name.endsWith('/zod')) ?? [];
  const scripted = { ...packages, [place]: { version: entry?.version ?? '', hasInstallScript: true } };
  expect(faultsOf(scripted, shipped)).toEqual(['zod has no checksum', 'zod runs a script']);
  expect(faultsOf(packages, new Map([...shipped, ['left-pad', '1.3.0']]))).toEqual([
    'left-pad 1.3.0 is not locked',
  ]);
  const copies = Array.from({ length: most + 1 }, (_, index) => [`copy-${index}`, '1.0.0'] as const);
  expect(faultsOf(packages, new Map(copies))[0]).toBe(`${most + 1} packages are shipped`);
  expect(notExact(['1.2.3', '^1.2.3', '~1.2.3', '1.x', 'latest'])).toHaveLength(4);
});

test('36: nothing is installed to run it, and every version of a tool is exact', async () => {
  const { dependencies, devDependencies } = await readJson('package.json');
  expect(dependencies).toBeUndefined();
  expect(notExact(Object.values(devDependencies))).toEqual([]);
  const app = await readJson('app/package.json');
  expect(Object.keys(app).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
});
