import { fewestRuns, type NumberSetting } from './compare-settings.ts';

/** Below this a correlation is called weak, from the other on strong. */
const [weakBelow, strongFrom] = [0.3, 0.7];

/** What a rank correlation says, in words: of an association, never of a cause. A best inside the range is no trend. */
export function correlationWords(
  { runs, correlation, peak }: Pick<NumberSetting, 'runs' | 'correlation' | 'peak'>,
  mode: 'max' | 'min',
): string {
  if (runs < fewestRuns) return `too few runs: ${fewestRuns} are needed`;
  if (correlation === null) return 'all came to the same';
  if (peak) return `best ${peakWords(peak)}: lower and higher are worse`;
  const strength = Math.abs(correlation);
  if (strength < weakBelow) return 'hardly goes with the best';
  const isBetter = correlation > 0 === (mode === 'max');
  return `higher goes ${strength < strongFrom ? '' : 'strongly '}with ${isBetter ? 'better' : 'worse'}`;
}

function peakWords({ from, to }: NonNullable<NumberSetting['peak']>): string {
  return from === to ? `at ${from}` : `from ${from} to ${to}`;
}
