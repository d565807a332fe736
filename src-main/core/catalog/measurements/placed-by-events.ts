import type { Measurable, MetricLog, MetricSeries, Place } from './metric-log.ts';

/**
 * An event file that tells itself at which step a version was saved. Tianshou logs the epoch in a checkpoint's name at the step of the save; the one model of a
 * script of CleanRL is saved at its end. tianshou/utils/logger/base.py, save_data; cleanrl/ppo.py
 */
export function placedByEvents(log: MetricLog): MetricLog {
  const saves = log.series.find(({ name }) => name === 'save/epoch');
  const last = log.series.reduce((most, { at }) => Math.max(most, at.at(-1) ?? 0), 0);
  const placeOf = ({ id }: Measurable): Place | null => {
    if (id.endsWith('.cleanrl_model')) return { axis: 'step', at: last };
    return saves ? placeOfSave(saves, id) : null;
  };
  return { ...log, placeOf };
}

function placeOfSave({ at, values }: MetricSeries, id: string): Place | null {
  const epoch = /(?:^|\/)checkpoint_(\d{1,15})\.pth$/.exec(id)?.[1];
  const index = epoch === undefined ? -1 : values.lastIndexOf(Number(epoch));
  const step = at[index];
  return step === undefined ? null : { axis: 'step', at: step };
}
