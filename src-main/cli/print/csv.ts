import { metricNames, metricValue } from '../../../shared/model/metric.ts';
import type { Version } from '../../../shared/model/version.ts';
import { csvLine } from '../../core/tabular/delimited-text.ts';

/** Versions as CSV (RFC 4180) with a line of names; every numeric metric is a column. */
export function* formatCsv(versions: readonly Version[]): Generator<string> {
  const metrics = metricNames(versions).filter((name) => name !== 'reward');
  const names = [
    'id',
    'kind',
    'version',
    'timestamp',
    'step',
    'episode',
    'reward',
    ...metrics,
    'file_size_bytes',
    'checksum',
    'integrity',
    'is_best',
    'is_latest',
    'backups',
  ];
  yield csvLine(names);
  for (const version of versions) {
    const {
      id,
      kind,
      timestamp,
      step,
      episode,
      reward,
      file_size_bytes,
      checksum,
      integrity,
      is_best,
      is_latest,
      backups,
    } = version;
    const values = metrics.map((name) => metricValue(version, name));
    yield csvLine([
      id,
      kind,
      version.version,
      timestamp,
      step,
      episode,
      reward,
      ...values,
      file_size_bytes,
      checksum,
      integrity.state,
      is_best,
      is_latest,
      backups,
    ]);
  }
}
