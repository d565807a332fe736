import { visibleText } from './visible-text.ts';

const known: ReadonlyMap<string, string> = new Map([
  ['mean_reward', 'Reward'],
  ['sharpe', 'Sharpe ratio'],
  ['sortino', 'Sortino ratio'],
  ['calmar', 'Calmar ratio'],
  ['pnl', 'PnL'],
  ['roi', 'ROI'],
  ['cagr', 'CAGR'],
  ['fps', 'FPS'],
]);

/** How programs name things: small letters and digits, words joined by underscores. */
const programName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** A metric's name in words, `max_drawdown` as “Max drawdown”; a name that is not a program's stays as it is. */
export function metricLabel(name: string): string {
  const label = known.get(name);
  if (label !== undefined) return label;
  if (!programName.test(name)) return visibleText(name);
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Metrics that would be called the same keep the names that their files give them. */
export function metricLabels(names: readonly string[]): string[] {
  const labels = names.map(metricLabel);
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return names.map((name, index) => {
    const label = labels[index] ?? '';
    return counts.get(label) === 1 ? label : visibleText(name);
  });
}
