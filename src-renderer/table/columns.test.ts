import { describe, expect, test } from 'vitest';
import { bareIntegrity } from '../../shared/model/integrity.ts';
import type { SelectionMetric } from '../../shared/model/metric.ts';
import { aRow } from '../versions/version-row.fixture.ts';
import { buildColumns, findingOf, type TableColumn } from './columns.ts';

const bySharpe: SelectionMetric = { name: 'sharpe', mode: 'max', source: 'config' };
const info = (name: string, fractional = true) => ({ name, fractional });

function column(id: string, metrics = [info('sharpe')]): TableColumn {
  const found = buildColumns(metrics, [bySharpe]).find((one) => one.id === id);
  if (!found) throw new Error(`no column ${id}`);
  return found;
}

describe('the columns of a run', () => {
  test('lead with reward, Sharpe and win rate, then the metric that chooses, then the first others', () => {
    const metrics = ['loss', 'win_rate', 'trades', 'calmar', 'mean_reward', 'alpha', 'sharpe'].map((name) =>
      info(name),
    );
    const columns = buildColumns(metrics, [{ ...bySharpe, name: 'calmar' }]);
    const shown = columns.filter((one) => one.shown).map((one) => one.id);
    expect(shown.slice(4, 10)).toEqual([
      'reward',
      'metric:sharpe',
      'metric:win_rate',
      'metric:calmar',
      'metric:loss',
      'metric:trades',
    ]);
    expect(columns.find((one) => one.id === 'metric:alpha')?.shown).toBe(false);
    expect(columns.some((one) => one.id === 'metric:mean_reward')).toBe(false);
  });

  test('leave out the reward where other things were measured and no version has one', () => {
    const shown = (metrics: string[], hasReward: boolean) =>
      buildColumns(
        metrics.map((name) => info(name)),
        [bySharpe],
        { hasReward },
      ).find(({ id }) => id === 'reward')?.shown;
    expect([shown(['loss'], false), shown(['loss'], true), shown([], false)]).toEqual([false, true, true]);
  });

  test('lead, of metrics that no run is judged by, with those of data held back; what tells little comes last', () => {
    const shownOf = (metrics: (string | ReturnType<typeof info>)[]) =>
      buildColumns(
        metrics.map((one) => (typeof one === 'string' ? info(one) : one)),
        [{ name: 'reward', mode: 'max', source: 'default' }],
      )
        .filter(({ id, shown }) => shown && id.startsWith('metric:'))
        .map(({ id }) => id.slice('metric:'.length));
    expect(
      shownOf(['epoch', 'loss', 'learning_rate', 'grad_norm', 'eval_runtime', 'eval_loss', 'eval_accuracy']),
    ).toEqual(['eval_loss', 'eval_accuracy', 'epoch']);
    expect(shownOf(['epoch', 'val_loss', 'train_loss'])).toEqual(['val_loss', 'train_loss', 'epoch']);
    const sameAsReward = { ...info('eval_mean_reward'), isReward: true };
    expect(shownOf([sameAsReward, 'eval_std_reward', 'eval_mean_ep_length'])).toEqual([
      'eval_std_reward',
      'eval_mean_ep_length',
    ]);
    expect(shownOf(['time/fps', 'rollout/ep_len_mean', 'lr-Adam', 'time/time_elapsed', 'train/lr'])).toEqual([
      'rollout/ep_len_mean',
      'time/fps',
    ]);
    expect(shownOf([sameAsReward])).toEqual(['eval_mean_reward']);
    expect(shownOf(['time/fps', 'time_total_s', 'lap_time', 'time_in_market'])).toEqual([
      'lap_time',
      'time_in_market',
    ]);
  });

  test('leave out how far training had come, and when, where no version tells it', () => {
    const shown = (lacking: ('step' | 'episode' | 'timestamp')[]) =>
      buildColumns([], [bySharpe], { lacking: new Set(lacking) })
        .filter((one) => one.shown)
        .map(({ id }) => id);
    expect(shown([])).toEqual(expect.arrayContaining(['step', 'episode', 'time']));
    expect(shown(['episode', 'timestamp'])).toContain('step');
    for (const id of ['step', 'episode', 'time'])
      expect(shown(['step', 'episode', 'timestamp'])).not.toContain(id);
  });

  test('know which metric ranks, and which end of each is the better one', () => {
    const known = { betterEnd: (metric: string) => (metric === 'loss' ? ('min' as const) : null) };
    const columns = buildColumns([info('sharpe'), info('loss')], [bySharpe], known);
    expect(columns.filter(({ ranks }) => ranks).map(({ id }) => id)).toEqual(['metric:sharpe']);
    expect(columns.filter(({ better }) => better !== null).map(({ id, better }) => [id, better])).toEqual([
      ['metric:loss', 'min'],
    ]);
  });

  test('are named in words, and say what the files call them', () => {
    const one = column('metric:max_drawdown', [info('max_drawdown')]);
    expect([one.label, one.writtenAs]).toEqual(['Max drawdown', 'max_drawdown']);
    expect(column('metric:sharpe').label).toBe('Sharpe ratio');
    expect(column('step').writtenAs).toBeNull();
  });

  test('keep the names of the files where words would make two of them one', () => {
    const both = [info('max_drawdown'), info('Max drawdown')];
    expect(column('metric:max_drawdown', both).label).toBe('max_drawdown');
    expect(column('metric:Max drawdown', both).label).toBe('Max drawdown');
  });

  test('show the mean_reward metric as the reward where there is one', () => {
    expect(column('reward').text(aRow(1, { reward: 1, metrics: { mean_reward: 2 } }))).toBe('2.0000');
    expect(column('reward').text(aRow(1, { reward: 1 }))).toBe('1.0000');
    expect(column('reward').text(aRow(1))).toBe('–');
  });

  test('show a win rate as a percentage and its exact value on hover', () => {
    const winRate = column('metric:win_rate', [info('win_rate')]);
    const row = aRow(1, { metrics: { win_rate: 0.54321 } });
    expect([winRate.text(row), winRate.title(row), winRate.label]).toEqual(['54.32%', '0.54321', 'Win rate']);
  });

  test('take a metric only from the row itself, never from what all objects inherit', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(column(`metric:${name}`, [info(name)]).text(aRow(1))).toBe('–');
    }
  });

  test('name a version by its number, else by its file', () => {
    expect(column('version').text(aRow(1, { version: 10 }))).toBe('v10');
    expect(column('version').text(aRow(1, { version: null, id: 'checkpoints/last\n.pt' }))).toBe('last␊.pt');
  });

  test('shorten a checksum to twelve figures and keep the whole on hover', () => {
    const row = aRow(1, { checksum: 'ab'.repeat(32) });
    expect(column('checksum').text(row)).toBe('abababababab');
    expect(column('checksum').title(row)).toHaveLength(64);
  });

  test('explain an integrity by what was found, else by what its state means', () => {
    const found = aRow(1, { integrity: bareIntegrity('torn', 'The end of the archive is missing.') });
    expect(column('integrity').title(found)).toBe('The end of the archive is missing.');
    expect(column('integrity').title(aRow(1))).toContain('not been compared');
    const rotten = { ...bareIntegrity('mismatch'), cause: 'bit-rot' as const };
    expect(column('integrity').text(aRow(1, { integrity: rotten }))).toBe('Bit rot');
  });
});

test('findings name the bytes first, then the record', () => {
  const row = aRow(1, { integrity: bareIntegrity('torn', 'Torn.'), problems: ['The sidecar is a list.'] });
  expect(findingOf(row)).toBe('Torn. · The sidecar is a list.');
  expect(findingOf(aRow(1))).toBeNull();
});
