import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { launchCairn, shareCairn } from '../driver/launch-cairn.ts';
import { expectVersionCount } from '../driver/versions-table.ts';
import { weakenApp } from '../driver/weaken-app.ts';
import { copySampleRun } from '../fixtures/copy-runs.ts';
import { saveVersion } from '../fixtures/save-version.ts';
import { namesInPreload } from './ask-bridge.ts';
import { backDoor, eventsWithSender } from './weakenings.ts';

let run: string;
const cairn = shareCairn(async () => {
  run = await copySampleRun();
  return { runs: [run] };
});

/** In the page: every name reachable from the bridge, prototypes included, as `path: kind`. */
function enumerateBridge(): string[] {
  const prototypes = new Map<unknown, string>([
    [Object.prototype, 'Object'],
    [Function.prototype, 'Function'],
  ]);
  const visit = (value: unknown, path: string, depth: number): string[] => {
    const line = `${path}: ${typeof value}`;
    if (depth === 0 || Object(value) !== value) return [line];
    const prototype = prototypes.get(Object.getPrototypeOf(value)) ?? 'unknown';
    const below = Object.getOwnPropertyNames(value).map((name) =>
      visit((value as never)[name], `${path}.${name}`, depth - 1),
    );
    return [`${line} from ${prototype}`, ...below.flat()];
  };
  return visit((window as never)['cairn'], 'cairn', 2).sort();
}

test('4: what the preload puts on the page is the frozen list, and all of it', async () => {
  const golden = JSON.parse(await readFile(join(import.meta.dirname, 'preload-surface.json'), 'utf8'));
  expect(await cairn().page.evaluate(enumerateBridge)).toEqual(golden);
});

/** In the page: tries to replace each part of the bridge; gives what could be replaced. */
function overwriteBridge(): string[] {
  const page = window as unknown as Record<string, Record<string, unknown>>;
  const replaced: string[] = [];
  const attempt = (what: string, change: () => void, changed: () => boolean) => {
    try {
      change();
    } catch {
      return;
    }
    if (changed()) replaced.push(what);
  };
  const bridge = page['cairn'] as Record<string, unknown>;
  const before = { ...bridge };
  for (const name of Object.keys(bridge)) {
    attempt(
      name,
      () => {
        bridge[name] = () => 'mine';
      },
      () => bridge[name] !== before[name],
    );
    attempt(
      `define ${name}`,
      () => Object.defineProperty(bridge, name, { value: 1 }),
      () => bridge[name] !== before[name],
    );
    attempt(
      `delete ${name}`,
      () => Reflect.deleteProperty(bridge, name),
      () => !(name in bridge),
    );
  }
  attempt(
    'cairn',
    () => {
      page['cairn'] = {};
    },
    () => page['cairn'] !== bridge,
  );
  attempt(
    'define cairn',
    () => Object.defineProperty(window, 'cairn', { value: {} }),
    () => page['cairn'] !== bridge,
  );
  return replaced;
}

/** These lose what they held on the way through the bridge, and arrive as the empty object that is asked for. */
const arriveEmpty = ['a __proto__ key', 'a node of the page'];

/** In the page: what the bridge answers to each hostile input, as `name: outcome`. */
async function sendHostile(): Promise<Record<string, string>> {
  const bridge = (
    window as unknown as { cairn: { request(name: unknown, input: unknown): Promise<{ ok: boolean }> } }
  ).cairn;
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const inputs: Record<string, [unknown, unknown]> = {
    'a __proto__ key': ['listRuns', JSON.parse('{"__proto__": {"polluted": true}}')],
    'a getter': [
      'listRuns',
      {
        get trap() {
          return 1;
        },
      },
    ],
    'a Proxy': ['listRuns', new Proxy({ a: 1 }, {})],
    'a cycle': ['listRuns', cyclic],
    'a function': ['listRuns', { call: () => 1 }],
    'a symbol': ['listRuns', Symbol('x')],
    'a node of the page': ['listRuns', document.body],
    '100 MB of text': ['showVersion', { runId: 'x'.repeat(100 * 1024 * 1024), version: 0 }],
    'an unknown name': ['deleteEverything', {}],
    'a name that the preload keeps to itself': ['openDropped', { path: '/etc' }],
    'a name that every object has': ['constructor', {}],
    'no name at all': [undefined, {}],
    'a name that is no text': [{ toString: () => 'listRuns' }, {}],
  };
  const outcomes: Record<string, string> = {};
  for (const [what, [name, input]] of Object.entries(inputs)) {
    try {
      outcomes[what] = (await bridge.request(name, input)).ok ? 'done' : 'refused';
    } catch {
      outcomes[what] = 'refused';
    }
  }
  return outcomes;
}

test('5: the bridge cannot be replaced, and hostile inputs are refused without a trace', async () => {
  const { page } = cairn();
  expect(await page.evaluate(overwriteBridge)).toEqual([]);
  const outcomes = await page.evaluate(sendHostile);
  const done = Object.keys(outcomes).filter((what) => outcomes[what] !== 'refused');
  expect(done).toEqual(arriveEmpty);
  expect(await page.evaluate(() => ({}) as { polluted?: boolean })).toEqual({});
  expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
  await expectVersionCount(page, 26);
});

test('5: what is dropped and is no file of this machine is answered, never thrown', async () => {
  const answers = await cairn().page.evaluate(async () => {
    const { cairn: bridge } = window as unknown as {
      cairn: { openDropped(file: unknown): Promise<{ ok: boolean }> };
    };
    const dropped = [{}, null, 'x', undefined, new File(['x'], 'made-up.pt')];
    return Promise.all(dropped.map(async (file) => (await bridge.openDropped(file)).ok));
  });
  expect(answers).toEqual([false, false, false, false, false]);
});

test('5: what comes back is plain data of the page’s own world', async () => {
  const plain = await cairn().page.evaluate(async () => {
    const bridge = (window as unknown as { cairn: { request(name: string, input: object): Promise<object> } })
      .cairn;
    const isPlain = (value: object) =>
      [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)) &&
      Object.values(value).every(visit);
    const visit = (value: unknown): boolean =>
      typeof value !== 'function' && (Object(value) !== value || isPlain(value as object));
    return visit(await bridge.request('listRuns', {}));
  });
  expect(plain).toBe(true);
});

test('control: one more name on the bridge is found out', async () => {
  const golden = JSON.parse(await readFile(join(import.meta.dirname, 'preload-surface.json'), 'utf8'));
  const app = await launchCairn({ app: await weakenApp(...backDoor) });
  const surface = await app.page.evaluate(enumerateBridge);
  expect(surface).not.toEqual(golden);
  expect(surface).toEqual(expect.arrayContaining(golden));
  await app.close();
});

/** In the page: keeps everything that subscribers are called with. */
function captureEvents(names: string[]): void {
  const page = window as unknown as {
    cairn: { subscribe(name: string, listener: unknown): void };
    captured: unknown[][];
  };
  page.captured = [];
  for (const name of names) page.cairn.subscribe(name, (...all: unknown[]) => page.captured.push(all));
}

/** In the page: how many arguments there were, and whether any holds a function. */
function judgeCaptured(): { calls: number; most: number; functions: boolean } {
  const { captured } = window as unknown as { captured: unknown[][] };
  const holdsFunction = (value: unknown, depth: number): boolean => {
    if (typeof value === 'function') return true;
    if (typeof value !== 'object' || value === null || depth === 0) return false;
    return Object.getOwnPropertyNames(value).some((name) => holdsFunction((value as never)[name], depth - 1));
  };
  return {
    calls: captured.length,
    most: Math.max(0, ...captured.map((all) => all.length)),
    functions: holdsFunction(captured, 5),
  };
}

async function captureASave(
  page: Page,
  folder: string,
): Promise<{ calls: number; most: number; functions: boolean }> {
  await page.evaluate(captureEvents, await namesInPreload('eventNames'));
  await saveVersion(folder, { version: 70, reward: 0.1 });
  await expect.poll(async () => (await page.evaluate(judgeCaptured)).calls).toBeGreaterThan(0);
  return page.evaluate(judgeCaptured);
}

test('6: neither ipcRenderer nor an event object reaches the page', async () => {
  expect(await captureASave(cairn().page, run)).toMatchObject({ most: 1, functions: false });
});

test('control: a preload that passes the event on is found out', async () => {
  const folder = await copySampleRun();
  const app = await launchCairn({ app: await weakenApp(...eventsWithSender), runs: [folder] });
  expect(await captureASave(app.page, folder)).toMatchObject({ most: 2 });
  await app.close();
});
