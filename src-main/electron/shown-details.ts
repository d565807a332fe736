import { type Json, stringifyJson } from '../../shared/model/json.ts';
import type { VersionDescription } from '../core/catalog/describe-version.ts';
import { limitValue } from '../core/contents/limit-value.ts';

/** In characters of JSON: most records have a thousandth of that, and are shown whole. */
const mostShown = 512 * 1024;
/** What files say at any length. */
const longParts = ['training_state', 'metrics', 'sidecar', 'hydra'] as const;

export type Details = VersionDescription & { hydra: unknown };

/**
 * What is shown of a version, as JSON: of a record that is very long as much as of other values of files, with an ellipsis where it is cut;
 * `cut` names the parts that are. Notes are whole, for they can be edited.
 */
export function shownDetails(details: Details, longest = mostShown): string {
  const whole = stringifyJson({ ...details, cut: [] });
  if (whole.length <= longest) return whole;
  const limited = longParts.map((part) => [part, limitValue((details[part] ?? null) as Json)] as const);
  const isCut = ([part, value]: (typeof limited)[number]) =>
    stringifyJson(value) !== stringifyJson(details[part] ?? null);
  const cut = limited.filter(isCut).map(([part]) => part);
  return stringifyJson({ ...details, ...Object.fromEntries(limited), cut });
}
