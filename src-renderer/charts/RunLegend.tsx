import type { Kinds } from '../plot/kinds.ts';

/** Which colour is which run, in all charts of the page. */
export function RunLegend({ kinds: { names, colours } }: { kinds: Kinds }) {
  return (
    <ul className="charts-runs" aria-label="Colours of the runs">
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two runs may have one name
        <li key={index} title={name}>
          <svg viewBox="0 0 10 10" aria-hidden="true">
            <circle cx="5" cy="5" r="5" fill={colours[index]?.css} />
          </svg>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  );
}
