import { type IntegrityState, integrityStates, isProblem } from '../../../shared/model/integrity.ts';
import { escapeName } from '../catalog/escape-name.ts';
import { formatJudgement } from '../choices/judgement-lines.ts';
import { formatCount, plural } from '../formats/plain-text.ts';
import type { Best, Fault, Report, RunReport } from './build-report.ts';

/** Nothing is loaded and nothing runs, whatever stands in it. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
:root { color-scheme: light dark; }
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; font-size: 1.2rem; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .4rem .6rem; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
code { font-size: .85em; overflow-wrap: anywhere; }
.good { color: #1a7339; } .bad { color: #bd222a; font-weight: 600; }
@media (prefers-color-scheme: dark) { .good { color: #6fcb8c; } .bad { color: #ff8a8a; } }
`;

/** The report as a page that any browser shows: no scripts, nothing loaded, all that comes from files as text. */
export function reportPage(report: Report): string {
  const [first, ...others] = report.runs;
  const of = first && others.length === 0 ? textOf(first.name) : plural(report.runs.length, 'run');
  const heading = `What verifying found in ${of}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${heading}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    `<h1>${heading}</h1>`,
    `<p>${sumUp(report.runs)}</p>`,
    ...report.runs.flatMap(sectionOf),
    `<p><small>Made ${textOf(report.made_at)} by ${textOf(report.made_by)}.</small></p>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function sumUp(runs: readonly RunReport[]): string {
  const looked = plural(runs.length, 'run');
  const faults = runs.reduce((sum, run) => sum + run.faults.length, 0);
  const problems = runs.reduce((sum, run) => sum + run.problems.length, 0);
  const told = problems > 0 ? ` ${plural(problems, 'problem')} in the folder, told below.` : '';
  if (faults > 0)
    return `<span class="bad">${plural(faults, 'version has', 'versions have')} a fault</span> in ${looked}.${told}`;
  if (problems > 0)
    return `<span class="bad">${plural(problems, 'problem')}</span> in the folder, told below; no version that was read in ${looked} has a fault.`;
  return `<span class="good">Nothing is wrong</span> as far as ${looked} was read.`;
}

function sectionOf(run: RunReport): string[] {
  const { name, folder, states, best, faults, problems } = run;
  const counted = integrityStates.filter((state) => states[state] > 0);
  return [
    `<h2>${textOf(name)}</h2>`,
    `<p><code>${textOf(folder)}</code><br>${plural(run.versions, 'version')}, ${plural(run.bytes, 'byte')}`,
    `<br>${counted.map((state) => `${formatCount(states[state])} ${state}`).join(', ') || 'nothing to read'}</p>`,
    ...(best ? bestOf(best) : []),
    ...unreadWarning(run),
    ...(faults.length > 0 ? tableOf(['Version', 'What is wrong', 'What to do'], faults.map(faultCells)) : []),
    ...(problems.length > 0
      ? tableOf(
          ['In the folder', 'Problem'],
          problems.map(({ path, problem }) => [`<code>${textOf(path)}</code>`, textOf(problem)]),
        )
      : []),
  ];
}

/** Which is the best, by what, and how sure that is. */
function bestOf({ id, state, selection }: Best): string[] {
  const told = state === null ? '' : `, ${stateOf(state)}`;
  const [chosen = '', ...others] = formatJudgement(selection).map(textOf);
  return [
    `<p>The best is <code>${textOf(id)}</code>${told}:<br>${chosen}</p>`,
    ...(others.length > 0 ? [`<p>${others.join('<br>')}</p>`] : []),
  ];
}

function stateOf(state: IntegrityState): string {
  if (isProblem(state)) return `<span class="bad">${state}</span>`;
  return state === 'verified' ? `<span class="good">${state}</span>` : state;
}

function unreadWarning({ states: { unverified } }: RunReport): string[] {
  if (unverified === 0) return [];
  return [
    `<p>${formatCount(unverified)} not compared with their checksum yet: verify the run, then save this again.</p>`,
  ];
}

function faultCells({ id, state, what, what_to_do, expected, actual }: Fault): string[] {
  const sums = [
    expected && `on record ${textOf(expected)}`,
    actual && `in the file ${textOf(actual)}`,
  ].filter(Boolean);
  const checksums = sums.length > 0 ? `<br><code>${sums.join('<br>')}</code>` : '';
  return [
    `<code>${textOf(id)}</code>`,
    `<span class="bad">${state}</span>: ${textOf(what)}${checksums}`,
    textOf(what_to_do),
  ];
}

/** @param rows cells that are markup already */
function tableOf(heads: readonly string[], rows: readonly string[][]): string[] {
  const head = heads.map((each) => `<th scope="col">${each}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`);
  return ['<table>', `<thead><tr>${head}</tr></thead>`, '<tbody>', ...body, '</tbody>', '</table>'];
}

const marks: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

/** Any text as text of the page, with what would hide in it made visible. */
function textOf(text: string): string {
  return escapeName(text, 4000).replace(/[&<>"']/g, (mark) => marks.get(mark) ?? mark);
}
