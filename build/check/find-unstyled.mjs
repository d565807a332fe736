import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const statement = /^(?:import|export)(?!\s+type)[^;]*?['"](\.[^'"]+\.(?:tsx?|css))['"]/gm;
const later = /import\(\s*['"](\.[^'"]+)['"]\s*\)/g;
const classNames = /className=(?:"([^"]+)"|\{[^}]*?['"`]([^'"`]+)['"`])/g;

/** A class that a component gives, while what is loaded with it may bring none of the styles that are meant. @typedef {{ component: string, name: string, loadedBy: string }} Unstyled */

/**
 * Components whose styles come only with another page: the bundler loads the styles that a module imports, and what those do that it imports in turn. Each
 * module that is loaded later must bring them itself, unless the page has them from the beginning.
 * @param {string} folder @param {string} entry of the page, within it
 * @returns {Unstyled[]}
 */
export function findUnstyled(folder, entry) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(?:tsx?|css)$/.test(path) && !/\.test\./.test(path));
  const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));
  const rules = rulesIn(texts);
  const first = join(folder, entry);
  const always = importedBy(first, texts);
  const roots = [first, ...files.flatMap((path) => matchesOf(later, path, texts))];
  return [...new Set(roots)].flatMap((loadedBy) => {
    const loaded = importedBy(loadedBy, texts);
    const isStyled = (/** @type {string} */ name) => {
      const styles = rules.get(name);
      return !styles || styles.some((path) => loaded.has(path) || always.has(path));
    };
    return [...loaded].flatMap((component) =>
      namesIn(texts.get(component) ?? '')
        .filter((name) => !isStyled(name))
        .map((name) => ({ component, name, loadedBy })),
    );
  });
}

/** The files of styles that have a rule for each class. @param {Map<string, string>} texts */
function rulesIn(texts) {
  /** @type {Map<string, string[]>} */
  const rules = new Map();
  for (const [path, text] of texts) {
    if (!path.endsWith('.css')) continue;
    for (const [, name = ''] of text.matchAll(/\.([a-z][a-z0-9-]*)/g))
      rules.set(name, [...(rules.get(name) ?? []), path]);
  }
  return rules;
}

/** @param {string} text */
function namesIn(text) {
  const names = [...text.matchAll(classNames)].flatMap(([, plain, chosen]) =>
    (plain ?? chosen ?? '').split(/\s+/),
  );
  return [...new Set(names)];
}

/** A module and all that is loaded with it. @param {string} path @param {Map<string, string>} texts @param {Set<string>} found */
function importedBy(path, texts, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  for (const next of matchesOf(statement, path, texts)) importedBy(next, texts, found);
  return found;
}

/** The files that a module names. @param {RegExp} pattern @param {string} path @param {Map<string, string>} texts */
function matchesOf(pattern, path, texts) {
  if (path.endsWith('.css')) return [];
  return [...(texts.get(path) ?? '').matchAll(pattern)]
    .map(([, to = '']) => join(dirname(path), to))
    .filter((to) => texts.has(to) || existsSync(to));
}
