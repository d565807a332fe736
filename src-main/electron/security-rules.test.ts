import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAst } from 'vite';
import { beforeAll, expect, test } from 'vitest';

/** What the source may and may not do, read from its syntax, so that a new window or channel cannot slip past. */

interface Node {
  type: string;
  [key: string]: unknown;
}

interface Found {
  file: string;
  node: Node;
}

const shells = ['src-main/electron', 'src-main/preload'];
const root = join(import.meta.dirname, '../..');
let shellNodes: Found[] = [];

beforeAll(async () => {
  const files = await Promise.all(shells.map(listSources));
  shellNodes = (await Promise.all(files.flat().map(readNodes))).flat();
});

async function listSources(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names
    .filter((name) => /(?<!\.test|\.fixture|\.d)\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

async function readNodes(file: string): Promise<Found[]> {
  const tree = parseAst(await readFile(join(root, file), 'utf8'), {
    lang: file.endsWith('x') ? 'tsx' : 'ts',
  });
  return walk(tree).map((node) => ({ file, node }));
}

/** Every node below a value, itself included. */
function walk(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(walk);
  return 'type' in value ? [value as Node, ...below] : below;
}

/** `ipcMain.handle` and the like: the dotted name of what is called or made. */
function nameOf(node: unknown): string {
  const { type, name, object, property } = node as Node;
  if (type === 'Identifier') return String(name);
  return type === 'MemberExpression' ? `${nameOf(object)}.${nameOf(property)}` : '';
}

function uses(pattern: RegExp, type = 'CallExpression'): string[] {
  const matching = shellNodes.filter(
    ({ node }) => node.type === type && pattern.test(nameOf(node['callee'])),
  );
  return matching.map(({ file, node }) => `${file}: ${nameOf(node['callee'])}`);
}

/** Texts in the source that match, with their files. */
function literals(nodes: readonly Found[], pattern: RegExp): string[] {
  const texts = nodes.filter(({ node }) => node.type === 'Literal' && pattern.test(String(node['value'])));
  return texts.map(({ file, node }) => `${file}: ${node['value']}`);
}

function literalEntries(object: Node): Record<string, unknown> {
  const properties = object['properties'] as Node[];
  const entries = properties.map((property) => [
    nameOf(property['key']),
    (property['value'] as Node | undefined)?.['value'],
  ]);
  return Object.fromEntries(entries);
}

test('7: every channel is registered in one place, through the checked wrapper', () => {
  expect(uses(/^ipcMain\./)).toEqual(['src-main/electron/listen-for-requests.ts: ipcMain.handle']);
  expect(uses(/\.ipc\.|\.mainFrame\.ipc\./)).toEqual([]);
});

test('1: there is one window, its preferences are literal, and none is spread in', () => {
  expect(uses(/^(BrowserWindow|BrowserView|WebContentsView)$/, 'NewExpression')).toEqual([
    'src-main/electron/window.ts: BrowserWindow',
  ]);
  const preferences = shellNodes.filter(
    ({ node }) => node.type === 'Property' && nameOf(node['key']) === 'webPreferences',
  );
  expect(preferences).toHaveLength(1);
  const value = preferences[0]?.node['value'] as Node;
  expect((value['properties'] as Node[]).every(({ type }) => type === 'Property')).toBe(true);
  const literals = literalEntries(value);
  expect(literals).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    experimentalFeatures: false,
    allowRunningInsecureContent: false,
  });
  for (const name of ['enableBlinkFeatures', 'additionalArguments', 'commandLineSwitches'])
    expect(literals).not.toHaveProperty(name);
});

test('6: the preload exposes one thing, once', () => {
  expect(uses(/exposeIn/)).toEqual(['src-main/preload/preload.ts: contextBridge.exposeInMainWorld']);
});

test('12: paths enter through the dialog, a dropped file, the arguments and the list of recents alone', () => {
  expect(uses(/showOpenDialog|getPathForFile|^readLaunchArguments$|^recents\.entryOf$/).sort()).toEqual([
    'src-main/electron/ask-checkpoint.ts: dialog.showOpenDialog',
    'src-main/electron/ask-checkpoint.ts: dialog.showOpenDialog',
    'src-main/electron/choose-folder.ts: dialog.showOpenDialog',
    'src-main/electron/choose-folder.ts: dialog.showOpenDialog',
    'src-main/electron/main.ts: readLaunchArguments',
    'src-main/electron/main.ts: readLaunchArguments',
    'src-main/electron/recent-handlers.ts: recents.entryOf',
    'src-main/preload/preload.ts: webUtils.getPathForFile',
  ]);
});

test('21, 22: nothing is executed, evaluated or opened outside: only a file is shown in its folder', () => {
  expect(uses(/^shell\./)).toEqual(['src-main/electron/create-handlers.ts: shell.showItemInFolder']);
  expect(uses(/^(eval|Function|exec|execFile|spawn|fork)$/)).toEqual([]);
  expect(uses(/executeJavaScript|insertCSS/)).toEqual([
    'src-main/electron/take-screenshot.ts: webContents.executeJavaScript',
  ]);
});

test('34: no scheme is registered that leads from elsewhere into the app', async () => {
  expect(uses(/setAsDefaultProtocolClient/)).toEqual([]);
  expect(literals(shellNodes, /^open-(url|file)$/)).toEqual([]);
  expect(await readFile(join(root, 'electron-builder.yml'), 'utf8')).not.toMatch(/protocols|mimeType/i);
});

test('41: no crash is reported anywhere', () => {
  expect(uses(/crashReporter/)).toEqual([]);
});

test('21, 24: the page makes no HTML from text, and has no address that leads outside', async () => {
  const nodes = (await Promise.all((await listSources('src-renderer')).map(readNodes))).flat();
  const named = (pattern: RegExp) =>
    nodes.filter(({ node }) => pattern.test(String(node['name']))).map(({ file }) => file);
  expect(nodes.length).toBeGreaterThan(10_000);
  expect(
    named(/^(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|setHTMLUnsafe|write(ln)?)$/),
  ).toEqual([]);
  expect(named(/^(eval|Function|importScripts|createContextualFragment|DOMParser)$/)).toEqual([]);
  expect(literals(nodes, /^\s*(?:https?|wss?|file|javascript):/i)).toEqual([]);
});
