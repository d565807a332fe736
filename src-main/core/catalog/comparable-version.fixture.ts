import { comparable } from '../../../shared/model/metric-values.fixture.ts';
import { asText, copyListed, type ListedVersion } from './listed-version.ts';

/** A listed version by what it says: equal ones may be held in different ways. */
export function comparableVersion(version: ListedVersion) {
  const { text, ...rest } = copyListed(version);
  return comparable({ ...rest, text: text && asText(text) });
}
