import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeJudgement } from '../../../shared/model/best-judgement.fixture.ts';
import { bareIntegrity, type Integrity } from '../../../shared/model/integrity.ts';
import { buildReport, type ReportedRun } from './build-report.ts';
import { reportPage } from './report-page.ts';

const selection = makeJudgement();
const run = (given: Partial<ReportedRun>): ReportedRun => ({
  name: 'run',
  folder: '/runs/run',
  versions: [],
  problems: [],
  selection,
  ...given,
});
const version = (id: string, integrity: Integrity) => ({ id, bytes: 10, integrity });
const report = (...runs: Partial<ReportedRun>[]) =>
  buildReport(runs.map(run), '2026-03-02T10:00:00Z', 'Cairn');

test('a report counts what is sound and names each fault, with what to do about it', () => {
  const rotten: Integrity = {
    ...bareIntegrity('mismatch'),
    cause: 'bit-rot',
    expected: 'aa',
    actual: 'bb',
  };
  const made = report({
    versions: [
      version('a.pt', bareIntegrity('verified')),
      version('b.pt', rotten),
      version('c.pt', bareIntegrity('torn', 'the end of the archive is missing')),
      version('d.pt', bareIntegrity('unverified')),
    ],
  });
  expect(made.runs[0]).toMatchObject({
    versions: 4,
    bytes: 40,
    states: { verified: 1, torn: 1, missing: 0 },
  });
  expect(made.runs[0]?.faults).toMatchObject([
    {
      id: 'b.pt',
      state: 'mismatch',
      what_to_do: expect.stringContaining('the disk may be failing'),
      actual: 'bb',
    },
    { id: 'c.pt', what: 'the end of the archive is missing', what_to_do: expect.stringContaining('backup') },
  ]);
  const page = reportPage(made);
  expect(page).toMatch(/<title>What verifying found in [^<]+<\/title>/);
  expect(page).toContain('2 versions have a fault');
  expect(page).toContain('1 not compared with their checksum yet');
});

test('a report says which is the best, by what metric, how sure that is, and in which state its file is', () => {
  const made = report({
    versions: [version('a.pt', bareIntegrity('verified')), version('b.pt', bareIntegrity('torn'))],
    selection: {
      ...selection,
      ...{ best: 'a.pt', value: 1.5, candidates: 9, next: { id: 'b.pt', value: 1.25 }, margin: 0.25 },
      warnings: ['its lead is within noise'],
    },
  });
  expect(made.runs[0]?.best).toMatchObject({ id: 'a.pt', state: 'verified' });
  const page = reportPage(made);
  expect(page).toContain('The best is <code>a.pt</code>, <span class="good">verified</span>');
  expect(page).toContain('best by sharpe, max: 1.5000, chosen among 9, 0.2500 ahead of b.pt');
  expect(page).toContain('note: its lead is within noise');
  expect(reportPage(report({}))).not.toContain('The best is');
});

test('a report of runs in which nothing is wrong says so', () => {
  expect(reportPage(report({}, {}))).toContain('<h1>What verifying found in 2 runs</h1>');
  expect(reportPage(report({}, {}))).toContain('Nothing is wrong</span> as far as 2 runs was read');
});

test('what is wrong with a folder is told before all else too, not that nothing is', () => {
  const problems = [{ path: 'best_models', problem: 'it is a link, and was not looked into' }];
  const page = reportPage(report({ problems }));
  expect(page).not.toContain('Nothing is wrong');
  expect(page).toContain('<p><span class="bad">1 problem</span> in the folder, told below;');
});

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</td></tr></table><iframe src=javascript:alert(1)>',
  '&lt;b&gt;',
  '<!--',
  ']]>',
  'javascript:alert(1)',
  '\u202egnp.exe',
  'a\u0000b\nc',
  '</style><style>*{display:none}',
];

/** The tags of a page, by name, of which the report itself writes these alone. */
const own = new Set(
  'html,head,meta,title,style,body,h1,h2,p,span,code,br,table,thead,tbody,tr,th,td,small'.split(','),
);

function expectHarmless(page: string): void {
  const tags = [...page.matchAll(/<\/?([a-z][\w-]*)([^>]*)>/gi)];
  expect(tags.filter(([, name = '']) => !own.has(name.toLowerCase()))).toEqual([]);
  expect(tags.filter(([, , rest = '']) => /\son\w+\s*=|javascript:/i.test(rest))).toEqual([]);
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page).toContain("default-src 'none'");
}

test('whatever files and folders are called, it is text of the page and nothing else', () => {
  for (const text of hostile) {
    const page = reportPage(
      report({
        name: text,
        folder: text,
        versions: [version(text, { ...bareIntegrity('torn', text), expected: text, actual: text })],
        problems: [{ path: text, problem: text }],
        selection: {
          ...selection,
          ...{
            best: text,
            metric: text,
            next: { id: text, value: 1 },
            warnings: [text],
            value: 2,
            margin: 1,
          },
        },
      }),
    );
    expectHarmless(page);
    for (const mark of ['\0', '\u202e']) expect(page).not.toContain(mark);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      expectHarmless(
        reportPage(report({ name: text, versions: [version(text, bareIntegrity('missing', text))] })),
      );
    }),
    { numRuns: 300 },
  );
});

test('as JSON every name is as it is, to the letter', () => {
  const made = report({ versions: hostile.map((id) => version(id, bareIntegrity('missing'))) });
  const read = JSON.parse(JSON.stringify(made)) as typeof made;
  expect(read.runs[0]?.faults.map(({ id }) => id)).toEqual(hostile);
});
