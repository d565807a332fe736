import { arch, cpus, release, totalmem } from 'node:os';
import type { Environment } from '../../shared/ipc/contract.ts';
import type { AppSettings } from '../../shared/model/app-settings.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RequestFailure } from './serve-requests.ts';

interface Known {
  environment: Environment;
  settings: AppSettings;
  runs: readonly RunSummary[];
  failures: readonly RequestFailure[];
}

/**
 * What helps to find a fault, as JSON to read before it is sent to anybody: no contents of files, no names, no paths. Messages of
 * failures name files, so of those only the code is told, with the request that failed.
 */
export function describeForDiagnosis({ environment, settings, runs, failures }: Known): string {
  const report = {
    format: 1,
    made_at: new Date().toISOString(),
    app: environment,
    machine: { system: release(), arch: arch(), cores: cpus().length, memory_bytes: totalmem() },
    settings,
    runs: runs.map(describeRun),
    failures,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function describeRun(run: RunSummary) {
  const { configSource, metric, problems, watch, loading, readOnly, versionCount, totalBytes } = run;
  return {
    versions: versionCount,
    bytes: totalBytes,
    has_config: configSource !== null,
    metric_from: metric.source,
    problems: problems.length,
    watch: watch.state,
    loading,
    read_only: readOnly,
  };
}
