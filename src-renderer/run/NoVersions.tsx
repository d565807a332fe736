import { Button, Loader } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Failure, nextStep } from '../../shared/failure.ts';
import { visibleText } from '../format/visible-text.ts';
import { type RowFilter, showAll } from '../versions/filter-rows.ts';
import type { VersionsSnapshot, VersionsStore } from '../versions/versions-store.ts';
import { Notice } from './Notice.tsx';

interface Props {
  store: VersionsStore;
  snapshot: VersionsSnapshot;
  /** Whether main still looks what there is. */
  isReading: boolean;
  /** What is said where there is nothing at all. */
  children: ReactNode;
}

/** Why a table of versions shows none, and what to do about it. */
export function NoVersions({ store, snapshot, isReading, children }: Props) {
  const { total, loading, failure, filter } = snapshot;
  if (failure) return <Unreadable failure={failure} onRetry={() => void store.load()} />;
  if (loading || (isReading && total === 0)) return <Reading />;
  if (total > 0) return <NothingMatches filter={filter} onClear={() => store.setFilter(showAll)} />;
  return children;
}

function Reading() {
  return (
    <div className="notice notice-late" role="status">
      <Loader size={22} />
      <p>Reading the run…</p>
    </div>
  );
}

function Unreadable({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Notice title="This run cannot be read" action={<Button onClick={onRetry}>Try again</Button>}>
      {visibleText(failure.message)} {nextStep(failure.code)}
    </Notice>
  );
}

function NothingMatches({ filter, onClear }: { filter: RowFilter; onClear: () => void }) {
  const text = filter.text.trim();
  const isWhole = filter.onlyProblems && text === '' && filter.ranges.length === 0;
  const clear = (
    <Button variant="default" onClick={onClear}>
      Show all versions
    </Button>
  );
  return (
    <Notice title={isWhole ? 'No version has a problem' : 'Nothing matches'} action={clear}>
      {isWhole ? 'All versions checked so far are intact.' : whyNothing(text, filter)}
    </Notice>
  );
}

function whyNothing(text: string, { ranges }: RowFilter): string {
  const within =
    ranges.length > 0 ? ` lies within ${ranges.map(({ measure }) => measure.label).join(', ')}` : '';
  const asked = text === '' ? '' : ` is what “${visibleText(text)}” asks for`;
  return `No version${asked}${asked && within && ' and'}${within}.`;
}
