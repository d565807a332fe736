import { mostListed } from '../../shared/model/benchmark.ts';
import { plural } from '../format/plural.ts';

/** How many versions there are beside those that a table of a benchmark lists. */
export function OtherVersions({ all }: { all: number }) {
  if (all <= mostListed) return null;
  return <p className="dialog-hint">and {plural(all - mostListed, 'other version')}</p>;
}
