import { type Json, type JsonObject, objectOrNull, toNumber } from '../../../shared/model/json.ts';
import { parseJson } from '../catalog/parse-json.ts';
import { JobFailure } from './job-failure.ts';
import { usualLimits } from './keep-output.ts';

/** What an evaluator found: each metric by its name, and its values in single episodes where it gave them. */
export interface Report {
  metrics: Record<string, number>;
  episodes: Record<string, number[]>;
}

/** More than any person reads, and few enough for a sidecar. */
const mostMetrics = 500;
const mostEpisodes = 20_000;
const longestName = 200;

/**
 * The report in what an evaluator printed: the last line that is a JSON object, see `evaluatorOutputSchema`.
 * @param text the end of its output; a line that is cut at its beginning is none
 * @throws JobFailure
 */
export function findReport(text: string): Report {
  for (let end = text.length; end > 0; ) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const object = objectIn(text.slice(start, end));
    if (object) return readReport(object);
    end = start - 1;
  }
  if (isSpread(text))
    throw new JobFailure('the JSON object it printed is spread over lines, and counts on one line alone');
  throw new JobFailure(
    `no line of its output is a JSON object, or that line has more than ${usualLimits.tail >> 20} MiB`,
  );
}

/** @throws JobFailure */
export function readReport(object: JsonObject): Report {
  // A function without types may give anything.
  if (objectOrNull(object) === null) throw new JobFailure('what it gave is no object');
  const { episodes, ...members } = object;
  const metrics = numbersIn(members);
  const names = Object.keys(metrics);
  if (names.length === 0) throw new JobFailure('the JSON object it printed has no number');
  if (names.length > mostMetrics)
    throw new JobFailure(`it reported ${names.length} metrics, more than ${mostMetrics}`);
  if (names.some((name) => name === '' || name.length > longestName))
    throw new JobFailure('it reported a metric with an empty or overlong name');
  return { metrics, episodes: readEpisodeLists(episodes) };
}

function objectIn(line: string): JsonObject | null {
  const trimmed = line.trim();
  if (!(trimmed.startsWith('{') && trimmed.endsWith('}'))) return null;
  try {
    return objectOrNull(parseJson(trimmed));
  } catch {
    return null;
  }
}

/** Whether it has an object as a person would lay it out, over several lines. */
function isSpread(text: string): boolean {
  const lines = `\n${text}`;
  const start = lines.lastIndexOf('\n{\n');
  const end = lines.lastIndexOf('\n}');
  return start >= 0 && end > start && objectIn(lines.slice(start, end + 2)) !== null;
}

function numbersIn(object: JsonObject): Record<string, number> {
  const found = Object.entries(object).map(([name, value]) => [name, toNumber(value)] as const);
  return Object.fromEntries(found.filter((each): each is [string, number] => each[1] !== null));
}

/** A number is the reward of its episode; what is not in every episode is of none. */
function readEpisodeLists(given: Json | undefined): Report['episodes'] {
  if (!Array.isArray(given) || given.length === 0 || given.length > mostEpisodes) return {};
  const episodes = given.map((each): Record<string, number> => {
    const reward = toNumber(each);
    return reward === null ? numbersIn(objectOrNull(each) ?? {}) : { reward };
  });
  const names = Object.keys(episodes[0] ?? {}).filter((name) =>
    episodes.every((each) => Object.hasOwn(each, name)),
  );
  return Object.fromEntries(names.map((name) => [name, episodes.map((each) => each[name] ?? Number.NaN)]));
}
