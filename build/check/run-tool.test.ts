import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../setup/places.mjs';
import { playwrightReport, vitestReport } from './run-tool.mjs';

test('tests of vitest that failed are named, and files that did not load', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      {
        name: join(root, 'shared/a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'fine', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'one is two',
            failureMessages: ['\u001b[31mError: no\u001b[39m\nat …'],
          },
        ],
      },
      {
        name: join(root, 'shared/b.test.ts'),
        status: 'failed',
        message: 'no such file',
        assertionResults: [],
      },
      { name: join(root, 'shared/c.test.ts'), status: 'passed', message: '', assertionResults: [] },
    ],
  };
  expect(vitestReport('unit.json').count(report).failures).toEqual([
    'shared/a.test.ts › one is two — Error: no',
    'shared/b.test.ts — no such file',
  ]);
});

test('tests of Playwright that failed are named, in groups too, and what went wrong beside them', () => {
  const spec = (title: string, ok: boolean) => ({
    file: 'window/a.spec.ts',
    title,
    ok,
    tests: [{ results: [{ error: { message: `${title} went wrong\nat …` } }] }],
  });
  const report = {
    stats: { expected: 1, unexpected: 2, flaky: 0, skipped: 0 },
    suites: [{ specs: [spec('one', false), spec('two', true)], suites: [{ specs: [spec('three', false)] }] }],
    errors: [{ message: 'no browser' }],
  };
  expect(playwrightReport('app.json').count(report).failures).toEqual([
    'window/a.spec.ts › one — one went wrong',
    'window/a.spec.ts › three — three went wrong',
    'playwright — no browser',
  ]);
});
