import type { DiffView } from '../../../shared/model/contents-view.ts';
import type { DiffOutput } from '../../../shared/model/diff-output.ts';
import type { Json } from '../../../shared/model/json.ts';
import { limitText, limitValue } from '../contents/limit-value.ts';

/** So many names or values of a kind are shown. */
const most = 10_000;
const valueBudget = { nodes: 50, depth: 4, text: 300 };

/** A diff as a window shows it, within budgets. */
export function viewDiff({ tensors, ...diff }: Omit<DiffOutput, 'a' | 'b'>): DiffView {
  let left = 0;
  const cut = <T>(list: readonly T[]): T[] => {
    left += Math.max(0, list.length - most);
    return list.slice(0, most);
  };
  const names = (list: readonly string[]) => cut(list).map((name) => limitText(name, 1000));
  const values = (list: DiffOutput['metadata']) =>
    cut(list).map(({ key, a, b }) => ({
      key: limitText(key),
      a: limitValue(a as Json, valueBudget),
      b: limitValue(b as Json, valueBudget),
    }));
  return {
    tensors: {
      added: names(tensors.added),
      removed: names(tensors.removed),
      changed: cut(tensors.changed).map((changed) => ({ ...changed, name: limitText(changed.name, 1000) })),
      identical: tensors.identical,
      equal: names(tensors.equal),
      renamed: cut(tensors.renamed).map(({ a, b }) => ({ a: limitText(a, 1000), b: limitText(b, 1000) })),
      not_compared: names(tensors.not_compared),
    },
    training_state: values(diff.training_state),
    metadata: values(diff.metadata),
    hyperparameters: values(diff.hyperparameters),
    metrics: values(diff.metrics),
    problems: names(diff.problems),
    left_out: left,
  };
}
