/** A kind, what it keeps for each parameter, and what it goes by where what it keeps does not tell. */
type Kind = readonly [kind: string, slots: readonly string[], options?: readonly string[]];

/** The optimizers of `torch.optim` and others that are usual, the more telling first. */
const kinds: readonly Kind[] = [
  ['NAdam', ['exp_avg', 'exp_avg_sq', 'mu_product']],
  ['Adam or one like it, with amsgrad', ['exp_avg', 'exp_avg_sq', 'max_exp_avg_sq']],
  ['Adam or one like it', ['exp_avg', 'exp_avg_sq']],
  ['Adam or one like it, of 8 bits', ['state1', 'state2', 'absmax1']],
  ['Shampoo', ['precond_0', 'inv_precond_0']],
  ['Adamax', ['exp_avg', 'exp_inf']],
  ['Adafactor', ['exp_avg_sq_row', 'exp_avg_sq_col']],
  ['Adafactor', ['row_var', 'col_var']],
  ['Adadelta', ['square_avg', 'acc_delta']],
  ['RMSprop', ['square_avg']],
  ['LBFGS', [], ['history_size', 'line_search_fn']],
  ['Muon', ['momentum_buffer'], ['ns_steps']],
  ['SGD with momentum', ['momentum_buffer']],
  ['Rprop', ['prev', 'step_size']],
  ['ASGD', ['ax', 'mu']],
  ['Adagrad', ['sum']],
  ['Lion', ['exp_avg']],
  ['SGD', [], ['nesterov', 'dampening']],
];

/** What kind keeps that, and goes by that; null where none is known. */
export function kindBy(slots: ReadonlySet<string>, options: ReadonlySet<string>): string | null {
  const found = kinds.find(
    ([, needed, asked = []]) =>
      needed.every((slot) => slots.has(slot)) && asked.every((option) => options.has(option)),
  );
  return found?.[0] ?? null;
}
