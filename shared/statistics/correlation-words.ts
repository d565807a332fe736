import { fewestRuns, type NumberSetting } from './compare-settings.ts';

/** Below this a correlation is called weak, from the other on strong. */
const [weakBelow, strongFrom] = [0.3, 0.7];

/** What a rank correlation says, in words: of an association, never of a cause. */
export function correlationWords(
  { runs, correlation }: Pick<NumberSetting, 'runs' | 'correlation'>,
  mode: 'max' | 'min',
): string {
  if (runs < fewestRuns) return `too few runs: ${fewestRuns} are needed`;
  if (correlation === null) return 'all came to the same';
  const strength = Math.abs(correlation);
  if (strength < weakBelow) return 'hardly goes with the best';
  const isBetter = correlation > 0 === (mode === 'max');
  return `higher goes ${strength < strongFrom ? '' : 'strongly '}with ${isBetter ? 'better' : 'worse'}`;
}
