import {
  type Json,
  type JsonObject,
  objectOrNull,
  ownValue,
  toNumber,
} from '../../../../shared/model/json.ts';
import { rule } from '../../formats/damage.ts';
import type { Source } from '../../formats/source.ts';
import { ownStateEnds } from './log-file.ts';
import { LogBuilder, type MetricLog } from './metric-log.ts';
import { parseOrDamage, readJsonText } from './read-json-text.ts';

/**
 * `trainer_state.json` of Hugging Face's Trainer: `log_history`, what was measured at which step, and which checkpoint had the best value of
 * the metric that it was told to go by. That one is named by a path of the machine that trained it, of which the last part counts.
 * transformers/trainer_callback.py, TrainerState. @throws Damage where it is anything else, or larger than is read
 */
export async function readTrainerState(source: Source): Promise<MetricLog> {
  const state = objectOrNull(await readJsonText(source));
  const history = ownValue(state, 'log_history');
  rule(Array.isArray(history), 'it has no log_history');
  return { ...logOf(history), said: bestIn(state) };
}

/**
 * What it has that is of its own checkpoint: its last measurements, and which checkpoint was the best by then, without reading what is between. Keys
 * are in order, and measurements hold no objects. @throws Damage where a file that is read whole is anything else
 */
export async function readOwnState(source: Source): Promise<MetricLog> {
  const { head, tail } = ownStateEnds;
  if (source.size <= head + tail) return readTrainerState(source);
  const [begin, end] = [await source.read(0, head), await source.read(source.size - tail, tail)];
  const history = (end.toString('utf8').match(/\{[^{}]*\}/g) ?? []).map(parseOrNull);
  const best = begin.toString('utf8').match(/^ *"best_m(?:etric|odel_checkpoint)": .*[^,\r\n]/gm) ?? [];
  return { ...logOf(history), said: bestIn(objectOrNull(parseOrNull(`{${best.join()}}`))) };
}

function parseOrNull(text: string): Json {
  try {
    return parseOrDamage(text);
  } catch {
    return null;
  }
}

function logOf(history: readonly Json[]): MetricLog {
  const log = new LogBuilder('step');
  for (const entry of history) addEntry(log, objectOrNull(entry));
  return log.build();
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
