import type { Density } from '../table/geometry.ts';
import type { GroupSummary } from '../table/table-layout.ts';

export const densityWords: Record<Density, string> = {
  compact: 'Compact',
  normal: 'Normal',
  roomy: 'Roomy',
};

export const summaryWords: Record<GroupSummary, string> = {
  mean: 'Mean',
  min: 'Least',
  max: 'Greatest',
  best: 'Of the best version',
  last: 'Of the newest version',
};
