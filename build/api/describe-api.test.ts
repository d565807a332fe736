import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { apiPage, describeApi } from './describe-api.mjs';
import { readMembers, readStatements } from './read-statements.mjs';

const declared = `import { x } from './x.ts';
/** A thing. @throws Error {@link other} */
export declare class Thing extends Base {
    #private;
    private hidden;
    /** What it is. */
    readonly name: string;
    /**
     * Does it.
     * @returns how often
     */
    act(how: {
        often: number;
    }): number;
}
export type Short = 'a' | 'b';
`;

test('declarations are read with their docstrings, and of a class what is for everybody', () => {
  const [thing, short] = readStatements(declared);
  expect(thing).toMatchObject({ name: 'Thing', doc: 'A thing.\n\n_throws_ Error `other`' });
  expect(short).toMatchObject({ name: 'Short', doc: null, code: "export type Short = 'a' | 'b';" });
  const members = readMembers(thing?.code ?? '').map((member) => member.replace(/\s+/g, ' ').trim());
  expect(members).toEqual([
    '/** What it is. */ readonly name: string;',
    '/** * Does it. * @returns how often */ act(how: { often: number; }): number;',
  ]);
});

test('docs/api.md tells what the sources say now: npm run docs', async () => {
  expect(await readFile(apiPage, 'utf8')).toBe(await describeApi());
});
