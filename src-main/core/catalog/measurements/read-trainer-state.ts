import { type JsonObject, objectOrNull, ownValue, toNumber } from '../../../../shared/model/json.ts';
import { rule } from '../../formats/damage.ts';
import type { Source } from '../../formats/source.ts';
import { LogBuilder, type MetricLog } from './metric-log.ts';
import { readJsonText } from './read-json-text.ts';

/**
 * `trainer_state.json` of Hugging Face's Trainer: `log_history`, what was measured at which step, and which checkpoint had the best value of
 * the metric that it was told to go by. That one is named by a path of the machine that trained it, of which the last part counts.
 * transformers/trainer_callback.py, TrainerState. @throws Damage where it is anything else, or larger than is read
 */
export async function readTrainerState(source: Source): Promise<MetricLog> {
  const state = objectOrNull(await readJsonText(source));
  const history = ownValue(state, 'log_history');
  rule(Array.isArray(history), 'it has no log_history');
  const log = new LogBuilder('step');
  for (const entry of history) addEntry(log, objectOrNull(entry));
  return { ...log.build(), said: bestIn(state) };
}

function addEntry(log: LogBuilder, entry: JsonObject | null): void {
  const step = toNumber(ownValue(entry, 'step'));
  if (entry === null || step === null) return;
  for (const [name, told] of Object.entries(entry)) {
    const value = name === 'step' ? null : toNumber(told);
    if (value !== null) log.add(name, value, { step });
  }
}

function bestIn(state: JsonObject | null): NonNullable<MetricLog['said']> {
  const path = ownValue(state, 'best_model_checkpoint');
  const value = toNumber(ownValue(state, 'best_metric'));
  const name = typeof path === 'string' ? path.split(/[/\\]/).findLast((part) => part !== '') : undefined;
  return new Map(name !== undefined && value !== null ? [[name, [['best_metric', value] as const]]] : []);
}
