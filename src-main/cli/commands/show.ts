import { describeMetricSource } from '../../../shared/model/describe-metric-source.ts';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { metricValue } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import type { VersionDescription } from '../../core/catalog/describe-version.ts';
import { escapeName } from '../../core/catalog/escape-name.ts';
import { isPackedName, packedWords } from '../../core/formats/gzip/packed-words.ts';
import { formatCount, formatNumber, plural } from '../../core/formats/plain-text.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatBytes, formatTime } from '../print/format-values.ts';
import { writeOut } from '../print/write-out.ts';
import { readShown } from './badge-as-chosen.ts';
import { type LayoutOption, loadReader, readingAs } from './load-reader.ts';
import { resolveWord } from './resolve-word.ts';

interface ShowOptions extends LayoutOption {
  json?: boolean;
}

/** `cairn show`: everything known of one version. */
export async function show(folder: string, word: string, options: ShowOptions): Promise<ExitCode> {
  const manager = await loadReader(folder, readingAs(options));
  const id = await resolveWord(manager, word);
  await readShown(manager, id);
  const description = { ...manager.describe(id), same_as: await manager.sameAs(id) };
  for (const { problem } of manager.markProblems) process.stderr.write(`${escapeName(problem, 400)}\n`);
  await writeOut(options.json ? [`${stringifyJson(description)}\n`] : formatText(description));
  return exitCodes.done;
}

function* formatText(version: VersionDescription & { same_as: string[] }): Generator<string> {
  const badges = [version.is_best && 'best', version.is_latest && 'latest'].filter(Boolean).join(', ');
  yield `${escapeName(version.id)}  ${badges}`.trimEnd().concat('\n');
  for (const [name, value] of facts(version)) yield `  ${name.padEnd(14)}${escapeName(value, 400)}\n`;
  yield* formatMetrics(version);
  yield* formatCompanions(version.companions);
  for (const same of version.same_as) yield `  same as       ${escapeName(same, 400)}\n`;
  for (const problem of version.problems) yield `  problem: ${escapeName(problem, 400)}\n`;
}

/** A version that is a folder may have thousands. */
const mostCompanions = 20;

function* formatCompanions(companions: readonly string[]): Generator<string> {
  for (const companion of companions.slice(0, mostCompanions))
    yield `  with it       ${escapeName(companion, 400)}\n`;
  const more = companions.length - mostCompanions;
  if (more > 0) yield `  with it       ${plural(more, 'more file')}\n`;
}

/** Longer ones push their value aside. */
const widestName = 40;

function* formatMetrics(version: VersionDescription): Generator<string> {
  const names = Object.keys(version.metrics);
  if (names.length > 0) yield '  metrics\n';
  // One by one: a version may have more metrics than a call takes arguments.
  const widest = names.reduce((most, name) => Math.max(most, escapeName(name).length), 16);
  const width = Math.min(widestName, widest) + 2;
  for (const name of names) {
    const value = formatMetric(version, name);
    const from = sourceOf(version, name);
    yield `    ${escapeName(name).padEnd(width)}${from === null ? value : `${value.padEnd(12)}  ${from}`}\n`;
  }
}

/** Where a metric is from that none of the version's own files has; null for others. */
function sourceOf(version: VersionDescription, metric: string): string | null {
  const source = version.metric_sources.find((each) => each.metric === metric);
  return source ? describeMetricSource({ ...source, file: escapeName(source.file, 400) }, formatCount) : null;
}

/** Metrics may be anything: numbers as numbers, the rest as JSON. */
function formatMetric(version: VersionDescription, name: string): string {
  const number = metricValue(version, name);
  return number === null ? escapeName(stringifyJson(version.metrics[name]), 200) : formatNumber(number);
}

const sources: Record<Version['metadata_source'], string> = {
  sidecar: 'its sidecar',
  contents: "the file's contents",
  file_name: 'its file name',
  none: 'nothing but the file',
};

function rewardOf(version: VersionDescription): string {
  const from = sourceOf(version, 'reward');
  return `${formatNumber(toNumber(version.reward))}${from === null ? '' : `, from ${from}`}`;
}

function facts(version: VersionDescription): [string, string][] {
  const { integrity } = version;
  return [
    ['kind', version.kind],
    ['version', version.version === null ? '–' : String(version.version)],
    ['time', formatTime(version.timestamp)],
    ['reward', rewardOf(version)],
    ['step', formatNumber(toNumber(version.step))],
    ['episode', formatNumber(toNumber(version.episode))],
    ['symbol', version.symbol ?? '–'],
    ['tags', version.tags.join(', ') || '–'],
    ['notes', version.notes ?? '–'],
    ['size', `${formatBytes(version.file_size_bytes)} (${plural(version.file_size_bytes, 'byte')})`],
    ['checksum', version.checksum ?? 'none on record'],
    ['integrity', [integrity.state, integrity.detail].filter(Boolean).join(': ')],
    ['backups', `${version.backups} kept with the run`],
    ['described by', sources[version.metadata_source]],
    ['path', version.path],
    ...(isPackedName(version.path) ? ([['loading', packedWords]] satisfies [string, string][]) : []),
  ];
}
