import { exactNumber } from '../format/format-number.ts';
import { versionLabel } from '../format/format-version.ts';
import type { PointWords } from '../plot/PlotSurface.tsx';
import type { TableRuns } from '../run/table-runs.ts';
import type { VersionList } from '../versions/version-list.ts';
import type { ChartColumn } from './ChartTable.tsx';
import type { ChartMeasure } from './chart-measures.ts';
import type { Charted } from './charted.ts';

type Named = Pick<Charted, 'runs' | 'snapshot'>;

/** A version under the pointer: its name, and every figure of these measures. */
export function pointWords(
  { runs, snapshot: { list } }: Named,
  measures: readonly ChartMeasure[],
  slot: number,
): PointWords {
  const row = list.rowIn(slot);
  const badges = [row?.is_best && 'best', row?.is_latest && 'latest'].filter(Boolean).join(', ');
  const name = nameIn(runs, list, slot);
  return {
    title: badges === '' ? name : `${name} · ${badges}`,
    facts: once(measures).map((measure) => [measure.label, exactly(measure, list.numbers(measure)[slot])]),
  };
}

/** A version's name, then these measures, as columns of the table behind a chart. */
export function measureColumns(
  { runs, snapshot: { list } }: Named,
  measures: readonly ChartMeasure[],
): ChartColumn[] {
  return [
    { label: 'Version', align: 'left', text: (slot) => nameIn(runs, list, slot) },
    // The name tells the number.
    ...once(measures.filter(({ id }) => id !== 'version')).map((measure): ChartColumn => {
      const values = list.numbers(measure);
      return {
        label: measure.label,
        align: 'right',
        text: (slot) => measure.format(values[slot] ?? Number.NaN),
      };
    }),
  ];
}

/** Of several runs it is led by its run. */
function nameIn(runs: TableRuns, list: VersionList, slot: number): string {
  const row = list.rowIn(slot);
  if (!row) return '';
  return runs.areSeveral ? `${runs.nameOf(row)} · ${versionLabel(row)}` : versionLabel(row);
}

function exactly({ scale, format }: ChartMeasure, value = Number.NaN): string {
  if (Number.isNaN(value)) return 'none';
  return scale !== 'number' ? format(value) : exactNumber(value);
}

function once(measures: readonly ChartMeasure[]): ChartMeasure[] {
  return [...new Map(measures.map((measure) => [measure.id, measure])).values()];
}
