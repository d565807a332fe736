// biome-ignore-all lint/a11y/useSemanticElements: see SideBySideTable.tsx
// biome-ignore-all lint/a11y/useFocusableInteractive: see SideBySideTable.tsx
import { ActionIcon, CloseButton } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { isProblem } from '../../shared/model/integrity.ts';
import type { VersionRow } from '../../shared/model/version-row.ts';
import { visibleText } from '../format/visible-text.ts';
import type { TableRuns } from '../run/table-runs.ts';
import { IntegrityMark } from '../table/IntegrityMark.tsx';
import { integrityWord } from '../table/integrity-words.ts';
import { namesOf } from './names-of.ts';

interface Props {
  runs: TableRuns;
  rows: readonly VersionRow[];
  baseline: number;
  onBaseline: (place: number) => void;
  onRemove: (row: VersionRow) => void;
  onWeights: (row: VersionRow) => void;
}

/** The versions by name, which of them is the baseline, and what can be done with each. */
export function SideBySideHead({ runs, rows, baseline, onBaseline, onRemove, onWeights }: Props) {
  const names = namesOf(rows, runs);
  return (
    <div role="rowgroup" className="side-head">
      <div role="row" className="side-line" aria-rowindex={1}>
        <div role="columnheader" className="side-label">
          Value
        </div>
        {rows.map((row, place) => {
          const name = names[place] ?? '';
          const isBaseline = place === baseline;
          return (
            <div
              key={row.handle}
              role="columnheader"
              className="side-version"
              title={hoverText(name, row, isBaseline)}
            >
              <button
                type="button"
                className="side-name"
                aria-pressed={isBaseline}
                aria-label={isBaseline ? `${name}, the baseline` : `Take ${name} as the baseline`}
                onClick={() => onBaseline(place)}
              >
                <bdi>{name}</bdi>
                <span className="side-badges">
                  {isProblem(row.integrity.state) && <IntegrityMark {...row.integrity} />}
                  {row.is_best && <span className="side-badge">best</span>}
                  {row.is_latest && <span className="side-badge">latest</span>}
                  {isBaseline && <span className="side-baseline">baseline</span>}
                </span>
              </button>
              {!isBaseline && (
                <ActionIcon
                  size="sm"
                  aria-label={`Compare the weights of ${name} with the baseline`}
                  title="Compare weights with the baseline"
                  onClick={() => onWeights(row)}
                >
                  <IconArrowsDiff size={15} stroke={1.75} />
                </ActionIcon>
              )}
              <CloseButton size="sm" aria-label={`Take ${name} out`} onClick={() => onRemove(row)} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** All that the heading says, which may be cut there, and where the file is. */
function hoverText(name: string, row: VersionRow, isBaseline: boolean): string {
  const { id, is_best, is_latest, integrity } = row;
  const problem = isProblem(integrity.state) && integrityWord(integrity).toLowerCase();
  const words = [name, problem, is_best && 'best', is_latest && 'latest', isBaseline && 'baseline'].filter(
    Boolean,
  );
  return `${words.join(', ')}\n${visibleText(id)}`;
}
