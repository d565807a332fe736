import { toNumber } from '../../shared/model/json.ts';
import { entriesOf } from '../details/version-details.ts';

/** The metrics that a sidecar tells, its reward first, under either of its names; what is no number is left out. */
export function recordedMetrics(sidecar: unknown): { name: string; value: number }[] {
  const fields = new Map(entriesOf(sidecar));
  const metrics = new Map(entriesOf(fields.get('metrics')));
  const reward = metrics.get('mean_reward') ?? fields.get('reward');
  metrics.delete('mean_reward');
  metrics.delete('reward');
  return [['reward', reward] as const, ...metrics].flatMap(([name, said]) => {
    const value = toNumber(said);
    return value === null ? [] : [{ name, value }];
  });
}
