// Proves that the import rules of ARCHITECTURE.md hold: writes each forbidden import into a throw-away copy of the
// tree and expects the compiler or the linter to refuse it, and each allowed one to pass.
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOWED, FORBIDDEN, TARGET } from './check/import-rules.mjs';
import { root } from './setup/places.mjs';
import { say } from './setup/report.mjs';
import { tryCommand } from './setup/run-command.mjs';

/** One line in one file, and whether it must be refused. @typedef {{ file: string, line: string, refused: boolean }} Trial */

const COPIED = [
  'shared',
  'src-main',
  'src-renderer',
  'examples',
  'e2e',
  'package.json',
  'tsconfig.json',
  'biome.json',
];

/**
 * Try every rule; says those that do not hold.
 * @returns {Promise<{ passed: number, failed: number }>} in rules
 */
export async function checkImportRules() {
  const copy = await mkdtemp(join(tmpdir(), 'cairn-import-rules-'));
  try {
    await copyTree(copy);
    const trials = [...listTrials(FORBIDDEN, true), ...listTrials(ALLOWED, false)];
    for (const folder of Object.keys(ALLOWED))
      await writeFile(join(copy, folder, TARGET), 'export const found = 1;\n');
    for (const { file, line } of trials) await writeFile(join(copy, file), `${line}\n${use(line)}\n`);
    const refused = await findRefused(copy);
    const broken = trials.filter((trial) => refused.has(trial.file) !== trial.refused);
    for (const { file, line, refused } of broken) {
      say(
        `  ${refused ? 'not refused' : 'refused, but allowed'} in ${file.replace(/\/[^/]*$/, '')}: ${line}`,
      );
    }
    return { passed: trials.length - broken.length, failed: broken.length };
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** @param {Record<string, string[]>} rules @param {boolean} refused @returns {Trial[]} */
function listTrials(rules, refused) {
  const kind = refused ? 'forbidden' : 'allowed';
  return Object.entries(rules).flatMap(([folder, lines]) =>
    lines.map((line, index) => ({ file: `${folder}/import-rule-${kind}-${index}.ts`, line, refused })),
  );
}

/** An export that needs what the line brought. @param {string} line */
function use(line) {
  return line.includes('found') ? 'export type Seen = typeof found;' : 'export {};';
}

/** node_modules is a folder of links, so that the compiler's notes (node_modules/.types) are the copy's own. @param {string} copy */
async function copyTree(copy) {
  // Tests are half of all there is to compile, and no rule is about them.
  const filter = (/** @type {string} */ path) => !/\.(?:test|spec)\.tsx?$/.test(path);
  for (const name of COPIED) await cp(join(root, name), join(copy, name), { recursive: true, filter });
  await mkdir(join(copy, 'node_modules'));
  const names = (await readdir(join(root, 'node_modules'))).filter((name) => !name.startsWith('.'));
  for (const name of names) await symlink(join(root, 'node_modules', name), join(copy, 'node_modules', name));
}

/**
 * What the linter refuses is taken away before the compiler looks: an import of Electron, once accepted, would bring
 * Node's types into the whole folder.
 * @param {string} copy
 * @returns {Promise<Set<string>>} the files that either tool refuses
 */
async function findRefused(copy) {
  const tool = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);
  const lintArgs = [
    'lint',
    '--only=style/noRestrictedImports',
    '--reporter=github',
    '--max-diagnostics=none',
    '.',
  ];
  const linted = readTrials((await tryCommand(tool('biome'), lintArgs, { cwd: copy })).output);
  for (const file of linted) await rm(join(copy, file));
  const projects = Object.keys(ALLOWED);
  const types = await tryCommand(tool('tsc'), ['-b', ...projects, '--pretty', 'false'], { cwd: copy });
  return new Set([...linted, ...readTrials(types.output)]);
}

/** @param {string} output of either tool */
function readTrials(output) {
  const found = output.matchAll(
    /(?:shared|src-main\/\w+|src-renderer|examples|e2e)\/import-rule-(?:forbidden|allowed)-\d+\.ts/g,
  );
  return new Set([...found].map(([file]) => file));
}
