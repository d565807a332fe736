// biome-ignore-all lint/a11y/useSemanticElements: rows out of view do not exist, so this cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { exactBytes, formatBytes } from '../format/format-bytes.ts';
import { formatMetric } from '../format/format-metric.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';
import type { RunGroup } from './group-runs.ts';
import { rankingWords } from './run-words.ts';

interface Props {
  columnCount: number;
  group: RunGroup;
  /** Where it stands among the lines, from 0. */
  index: number;
}

/** The heading of a group of runs: what they have in common, how many they are, and which is the best. */
export function GroupOfRuns({
  group: { key, label, count, versions, bytes, best },
  index,
  columnCount,
}: Props) {
  return (
    <div role="row" className="row runs-group" aria-rowindex={index + 2} data-group={key}>
      <div role="gridcell" className="cell" aria-colindex={1} aria-colspan={columnCount}>
        <bdi className="runs-name">{label}</bdi>
        <span className="runs-amounts" title={exactBytes(bytes)}>
          {plural(count, 'run')} · {plural(versions, 'version')} · {formatBytes(bytes)}
        </span>
        {best && (
          <span className="runs-amounts">
            best {formatMetric(best.metric.name, best.bestValue, true)} {rankingWords(best)} in{' '}
            {visibleText(best.label)}
          </span>
        )}
      </div>
    </div>
  );
}
