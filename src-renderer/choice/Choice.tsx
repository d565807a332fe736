import './choice.css';

interface Props<T extends string> {
  label: string;
  choices: readonly { value: T; label: string; name?: string }[];
  /** Null while nothing is chosen. */
  value: T | null;
  onChange: (value: T) => void;
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <fieldset className="choice" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-label={choice.name}
          title={choice.name}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  );
}
