/** What of a checkpoint some tensors are: the model itself comes first. */
export interface WeightPart<T> {
  title: string;
  tensors: readonly T[];
  /** Whether it is listed at once. */
  open: boolean;
}

/** Tensors of an optimizer, which change with every step, apart from those of the model; one part without a title where there are none. */
export function weightParts<T extends { name: string }>(tensors: readonly T[]): WeightPart<T>[] {
  const ofModel = tensors.filter(({ name }) => !isOfOptimizer(name));
  const ofOptimizer = tensors.filter(({ name }) => isOfOptimizer(name));
  const parts = [
    { title: 'Model', tensors: ofModel, open: true },
    { title: 'Optimizer', tensors: ofOptimizer, open: ofModel.length === 0 },
  ];
  return parts.filter((part) => part.tensors.length > 0);
}

/** By any part of its name, as `optimizer_state_dict.state.0.exp_avg` or `policy.optimizer.pth.state.1.step`. */
function isOfOptimizer(name: string): boolean {
  return name.split(/[./]/).some((part) => /(?:^|_)optimizers?(?:_|$)/i.test(part));
}
