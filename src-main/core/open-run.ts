import type { SelectionMetric } from '../../shared/model/metric.ts';
import type { Problem } from '../../shared/model/run.ts';
import type { StorageConfig } from '../../shared/model/storage-config.ts';
import { withFoundFolders } from './catalog/layouts/found-folders.ts';
import { assertLayout, type ChosenLayout, readLayout } from './choices/chosen-layout.ts';
import { choicesFile } from './choices/run-choices.ts';
import { ConfigSince } from './config/config-since.ts';
import { findMissingFolders } from './config/find-missing-folders.ts';
import { withOnly, withReadAs } from './config/read-as.ts';
import { type ConfigInput, loadConfig } from './config/read-config.ts';
import { readSettings, type Settings } from './config/settings.ts';
import { bookkeepingFolder, defaultAppData, folderOfRecord } from './files/run-bookkeeping.ts';
import { openRunFolder } from './open-run-folder.ts';

export interface ReaderOptions {
  /** Where notes on runs go that must not be written to. */
  appData?: string;
  /** What to go by instead of the config that the run has. */
  config?: ConfigInput;
  /** The framework in whose way alone the run is read, by the id of its layout, instead of what a person chose for it. */
  layout?: string;
  /** The one folder of the run, relative to it, that is looked at: a version that was opened by itself. */
  only?: string;
}

/** What is settled of a run before anything in it is listed. */
export interface OpenedRun {
  root: string;
  config: StorageConfig;
  /** The file that the config is from; null where the run has none. */
  configSource: string | null;
  metric: SelectionMetric;
  /** The layout that was chosen for it, as that was on record; undefined where another was asked for. */
  chosenLayout: string | null | undefined;
  /** Where Cairn keeps what it knows of the run. */
  bookkeeping: string;
  settings: Settings;
  /** What is wrong with its config and settings. */
  problems: Problem[];
  /** What of its config has changed since, where that is the run's own. */
  configChanges: () => Problem[];
}

/** @throws UsageError when the folder cannot be opened, or the layout is not known */
export function openRun(folder: string, { appData, config: given, layout, only }: ReaderOptions): OpenedRun {
  const root = openRunFolder(folder);
  const since = given === undefined ? new ConfigSince(root) : null;
  const { config, source, problems, unusable } = since?.opened ?? loadConfig(given ?? {});
  const bookkeeping = bookkeepingFolder(root, appData);
  const chosen = layoutOf(layout, folderOfRecord(root, bookkeeping, choicesFile));
  const own = readSettings(bookkeeping, appData ?? defaultAppData());
  return {
    root,
    config: withOnly(withFoundFolders(root, withReadAs(config, chosen.layout)), only),
    configSource: source,
    metric: {
      name: config.best_model_selection_metric,
      mode: config.best_model_selection_mode,
      source: source === null || unusable.length > 0 ? 'default' : 'config',
      ...(unusable.length > 0 ? { unusable } : {}),
    },
    chosenLayout: chosen.said,
    bookkeeping,
    settings: own.settings,
    problems: [...problems, ...findMissingFolders(root, config), ...own.problems, ...chosen.problems],
    configChanges: () => since?.changes() ?? [],
  };
}

function layoutOf(asked: string | undefined, bookkeeping: string): ChosenLayout {
  if (asked === undefined) return readLayout(bookkeeping);
  assertLayout(asked);
  return { layout: asked, said: undefined, problems: [] };
}
