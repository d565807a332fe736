import type { KeyboardEvent } from 'react';
import type { Preferences } from '../app/preferences.ts';

type Tab = Preferences['detailsTab'];

const tabs: readonly { value: Tab; label: string }[] = [
  { value: 'overview', label: 'Overview' },
  { value: 'contents', label: 'Contents' },
];

interface Props {
  tab: Tab;
  onChange: (tab: Tab) => void;
}

/** What is shown of a version: what is on record of it, or what is in its file. ← and → go from one to the other. */
export function DetailsTabs({ tab, onChange }: Props) {
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs.find(({ value }) => value !== tab);
    if (!other) return;
    onChange(other.value);
    event.currentTarget.querySelector<HTMLElement>(`#details-tab-${other.value}`)?.focus();
  };
  return (
    <div className="details-tabs" role="tablist" aria-label="Details of" tabIndex={-1} onKeyDown={press}>
      {tabs.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          role="tab"
          id={`details-tab-${value}`}
          aria-selected={value === tab}
          aria-controls="details-panel"
          tabIndex={value === tab ? 0 : -1}
          onClick={() => onChange(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
