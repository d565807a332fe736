import { type KeyboardEvent, useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import './tab-strip.css';

export interface TabChoice<T extends string> {
  value: T;
  label: string;
}

interface Props<T extends string> {
  /** Begins the ids: the tab of a value is `NAME-tab-VALUE`, what it shows is `NAME-panel`. */
  name: string;
  label: string;
  tabs: readonly TabChoice<T>[];
  value: T;
  onChange: (value: T) => void;
}

/** A row of tabs; ← → Home and End go from one to another. What had the focus on a page that is left hands it to the tab of the new one. */
export function TabStrip<T extends string>({ name, label, tabs, value, onChange }: Props<T>) {
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const next =
      tabs[
        placeAfter(
          event.key,
          tabs.findIndex((tab) => tab.value === value),
          tabs.length,
        )
      ];
    if (!next) return;
    event.preventDefault();
    // A page that takes the focus when it is shown has done so before it comes back here.
    flushSync(() => onChange(next.value));
    event.currentTarget.querySelector<HTMLElement>(`#${name}-tab-${next.value}`)?.focus();
  };
  const strip = useRef<HTMLDivElement>(null);
  const shown = useRef(value);
  useEffect(() => {
    if (shown.current !== value && document.activeElement === document.body)
      strip.current?.querySelector<HTMLElement>(`#${name}-tab-${value}`)?.focus();
    shown.current = value;
  }, [name, value]);
  return (
    <div ref={strip} className="tab-strip" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={press}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${name}-tab-${tab.value}`}
          aria-selected={tab.value === value}
          aria-controls={`${name}-panel`}
          data-label={tab.label}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** Where a key goes to in a row that has no end; -1 for other keys. */
function placeAfter(key: string, place: number, count: number): number {
  const places = new Map([
    ['ArrowLeft', (place + count - 1) % count],
    ['ArrowRight', (place + 1) % count],
    ['Home', 0],
    ['End', count - 1],
  ]);
  return places.get(key) ?? -1;
}
