import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declarations, emitDeclarations, readDeclarations } from '../bundle/declarations.mjs';
import { notes } from '../bundle/staleness.mjs';
import { root } from '../setup/places.mjs';
import { runCommand } from '../setup/run-command.mjs';
import { readMembers, readStatements } from './read-statements.mjs';

/** @typedef {import('./read-statements.mjs').Statement} Statement */
/** Declarations by their names. @typedef {Map<string, Statement>} Statements */

/** Where the description is. */
export const apiPage = join(root, 'docs/api.md');

const entry = join(root, 'src-main/core/index.ts');

/** What `cairn/core` exports, as Markdown: every declaration with its docstrings. @returns {Promise<string>} */
export async function describeApi() {
  await emitDeclarations();
  const known = await readKnown();
  const exported = await readExports();
  const shapes = await readShapes(known, exported);
  const statements = exported.flatMap((name) => shapes.get(name) ?? known.get(name) ?? []);
  const hidden = new Map([...known].filter(([name]) => !exported.includes(name)));
  const [types, values] = [statements.filter(isType), statements.filter((each) => !isType(each))];
  const page = [
    '# cairn/core',
    'Made from the sources by `npm run docs`. Errors are thrown; what can be awaited rejects with them.',
    '## Values',
    ...values.map((each) => chapterOf(each, hidden)),
    '## Types',
    ...types.map((each) => chapterOf(each, hidden)),
  ];
  return `${page.join('\n\n')}\n`;
}

/** What the files export that the entry is made of. @returns {Promise<Statements>} */
async function readKnown() {
  const statements = [...(await readDeclarations()).values()].flatMap(readStatements);
  const exported = statements.filter(({ code }) => code.startsWith('export '));
  return new Map(exported.map((statement) => [statement.name, statement]));
}

/** The names that the entry exports, in its order. */
async function readExports() {
  const text = await readFile(entry, 'utf8');
  const lists = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].map(([, names = '']) => names);
  return lists
    .flatMap((names) => names.split(','))
    .flatMap((name) => name.trim().replace(/^type /, '') || []);
}

/** @param {Statement} statement */
function isType({ code }) {
  return /^export (?:interface|type) /.test(code);
}

/**
 * Types that are known by a schema alone, as the compiler finds them out: their own declarations tell nothing. Their docstrings stand
 * at the schemas.
 * @param {Statements} known @param {string[]} exported @returns {Promise<Statements>}
 */
async function readShapes(known, exported) {
  const schemas = exported.flatMap((name) => {
    const [, schema] = / = z\.infer<typeof (\w+)>/.exec(known.get(name)?.code ?? '') ?? [];
    return schema === undefined ? [] : [/** @type {const} */ ([name, schema])];
  });
  const shapes = readStatements(await compileShapes(schemas.map(([name]) => name)));
  const docs = new Map(schemas.map(([name, schema]) => [name, known.get(schema)?.doc ?? null]));
  return new Map(
    shapes.map(({ name, code }) => {
      const asType = code.replace(/^export declare const (\w+): /, 'export type $1 = ');
      return [name, { name, doc: docs.get(name) ?? null, code: asType }];
    }),
  );
}

/** @param {string[]} names @returns {Promise<string>} a declaration for each, spelled out */
async function compileShapes(names) {
  const core = join(declarations, 'src-main/core/index.d.ts');
  const source = [
    `import type * as core from '${core}';`,
    `import type { Json, JsonNumber, JsonObject } from '${core}';`,
    'declare function shape<T>(): { [K in keyof T]: T[K] };',
    ...names.map((name) => `export const ${name} = shape<core.${name}>();`),
  ];
  const options =
    '--ignoreConfig --strict --exactOptionalPropertyTypes --skipLibCheck --declaration --emitDeclarationOnly ' +
    '--noErrorTruncation --module esnext --moduleResolution bundler --target es2023';
  await mkdir(notes, { recursive: true });
  const folder = await mkdtemp(join(notes, 'shapes-'));
  try {
    await writeFile(join(folder, 'shapes.ts'), source.join('\n'));
    const compiler = join(root, 'node_modules/.bin/tsc');
    await runCommand(compiler, ['shapes.ts', ...options.split(' ')], { cwd: folder });
    return await readFile(join(folder, 'shapes.d.ts'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param {Statement} statement @param {Statements} hidden what has no chapter of its own */
function chapterOf(statement, hidden) {
  const code = ['```ts', codeOf(statement, hidden), '```'].join('\n');
  return [`### ${statement.name}`, statement.doc, code].filter((part) => part !== null).join('\n\n');
}

/** @param {Statement} statement @param {Statements} hidden */
function codeOf({ code }, hidden) {
  const shown = code.replace(/^export (?:declare )?/, '');
  if (!/^(?:abstract )?class /.test(shown)) return shown;
  const [head = ''] = shown.split('\n');
  return [head, ...readMembers(code), ...inherited(code, hidden), '}'].join('\n');
}

/** The members of the classes above that have no chapter. @param {string} code @param {Statements} hidden @returns {string[]} */
function inherited(code, hidden) {
  const [, name = ''] = /^.* extends (\w+) /.exec(code) ?? [];
  const above = hidden.get(name);
  if (!above) return [];
  const members = readMembers(above.code).filter((member) => !/^ {4}constructor\(/m.test(member));
  return [`    // from ${name}`, ...members, ...inherited(above.code, hidden)];
}
