/** A declaration as the compiler wrote it; `doc` is what its docstring says, as Markdown, null where it has none. @typedef {{ name: string, doc: string | null, code: string }} Statement */

const named = /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/;

/** The declarations of a file that the compiler wrote. @param {string} text @returns {Statement[]} */
export function readStatements(text) {
  return partsOf(text, '').flatMap(({ comment, code }) => {
    const [, name] = named.exec(code) ?? [];
    return name === undefined ? [] : [{ name, doc: proseOf(comment), code }];
  });
}

/** The members of a class that are for everybody, each with its docstring. @param {string} code @returns {string[]} */
export function readMembers(code) {
  return partsOf(code, '    ')
    .filter((part) => !/^ {4}(?:#private|private |protected )/.test(part.code))
    .map((part) => part.comment + part.code);
}

/**
 * What begins at this indent, each with the comment before it, up to its last line that is further in or closes it.
 * @param {string} text @param {string} indent
 */
function partsOf(text, indent) {
  const comment = `^${indent}/\\*\\*(?:(?!\\*/)[^])*\\*/\\n`;
  const code = `^${indent}[\\w#[].*(?:\\n${indent}[ })\\]>].*)*`;
  const parts = text.matchAll(new RegExp(`(${comment})?(${code})`, 'gm'));
  return [...parts].map(([, comment = '', code = '']) => ({ comment, code }));
}

/** What a docstring says: names that it links to are code, its tags begin a line. @param {string} comment */
function proseOf(comment) {
  if (comment === '') return null;
  return comment
    .replace(/^\s*(?:\/\*\*|\*(?!\/))? ?|\s*\*\/$/gm, '')
    .replace(/\{@link ([^}]+)\}/g, '`$1`')
    .replace(/\s*@(\w+) ?/g, '\n\n_$1_ ')
    .trim();
}
