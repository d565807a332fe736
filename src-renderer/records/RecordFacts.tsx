import type { ReactNode } from 'react';

/** What is known of a record, name by name; what is not known is left out. */
export function RecordFacts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  const known = facts.filter(([, value]) => value !== null && value !== '');
  return (
    <dl className="record-facts">
      {known.map(([name, value]) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={name}>
          <bdi>{value}</bdi>
        </dd>,
      ])}
    </dl>
  );
}
