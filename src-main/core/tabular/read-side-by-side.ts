import { chooseRows, type RowChoice, type ShownSection } from '../../../shared/comparison/choose-rows.ts';
import { columnNames } from '../../../shared/comparison/column-names.ts';
import { type ComparedVersion, compareVersions } from '../../../shared/comparison/compare-versions.ts';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { knownDirection } from '../../../shared/model/metric.ts';
import { numericMetrics } from '../../../shared/model/metric-values.ts';
import type { RunReader } from '../run-reader.ts';

/** Versions as they stand side by side in the window. */
export interface SideBySide {
  /** In the order of their columns. */
  ids: readonly string[];
  /** The place of the version that the others are held against. */
  baseline: number;
  rows: RowChoice;
}

/** What is shown of them, ready to be written. */
export interface ReadSideBySide {
  ids: readonly string[];
  /** What each column is called: see {@link columnNames}. */
  labels: readonly string[];
  baseline: number;
  sections: readonly ShownSection[];
}

type Source = Pick<RunReader, 'describe' | 'metric' | 'choices'>;

/** @throws ModelNotFoundError for a version that is gone */
export function readSideBySide(run: Source, { ids, baseline, rows }: SideBySide): ReadSideBySide {
  const versions = ids.map((id) => readVersion(run, id));
  const sections = compareVersions(versions, (name) => knownDirection(name, run));
  return {
    ids,
    labels: columnNames(versions.map(({ row }) => row)),
    baseline,
    sections: chooseRows(sections, rows),
  };
}

function readVersion(run: Source, id: string): ComparedVersion {
  const version = run.describe(id);
  const { notes, training_state, sidecar, step, episode, reward, metrics } = version;
  const numbers = { step: toNumber(step), episode: toNumber(episode), reward: toNumber(reward) };
  return {
    row: { ...version, ...numbers, metrics: numericMetrics(metrics) },
    // As the window gets it, so that both find the same differences.
    record: JSON.parse(stringifyJson({ notes, training_state, sidecar })),
  };
}
