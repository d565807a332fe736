import { chooseRows, type RowChoice, type ShownSection } from '../../../shared/comparison/choose-rows.ts';
import { columnNames } from '../../../shared/comparison/column-names.ts';
import { type ComparedVersion, compareVersions } from '../../../shared/comparison/compare-versions.ts';
import { stringifyJson, toNumber } from '../../../shared/model/json.ts';
import { agreedDirection } from '../../../shared/model/metric.ts';
import { numericMetrics } from '../../../shared/model/metric-values.ts';
import { readHydraOf } from '../contents/read-surroundings.ts';
import type { RunReader } from '../run-reader.ts';

type Source = Pick<RunReader, 'describe' | 'metric' | 'choices'>;

/** A version of a run. */
export interface SideVersion {
  run: Source;
  /** What its run is called. */
  runName: string;
  id: string;
}

/** Versions as they stand side by side in the window. */
export interface SideBySide {
  /** In the order of their columns. */
  versions: readonly SideVersion[];
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

/** @throws ModelNotFoundError for a version that is gone */
export async function readSideBySide({ versions, baseline, rows }: SideBySide): Promise<ReadSideBySide> {
  const read = await Promise.all(versions.map(readVersion));
  const runs = [...new Set(versions.map(({ run }) => run))];
  const sections = compareVersions(read, (name) => agreedDirection(name, runs));
  const labels = columnNames(
    read.map(({ row }) => row),
    versions.map(({ runName }) => runName),
  );
  return { ids: versions.map(({ id }) => id), labels, baseline, sections: chooseRows(sections, rows) };
}

async function readVersion({ run, id }: SideVersion): Promise<ComparedVersion> {
  const version = run.describe(id);
  const hydra = version.sidecar === null ? await readHydraOf(version.path) : null;
  const { notes, training_state, sidecar, step, episode, reward, metrics } = version;
  const numbers = { step: toNumber(step), episode: toNumber(episode), reward: toNumber(reward) };
  return {
    row: { ...version, ...numbers, metrics: numericMetrics(metrics) },
    // As the window gets it, so that both find the same differences.
    record: JSON.parse(stringifyJson({ notes, training_state, sidecar, hydra })),
  };
}
