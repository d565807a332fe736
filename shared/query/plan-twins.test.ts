import { describe, expect, test } from 'vitest';
import { at, decide, plan, version } from './plan-retention.fixture.ts';

describe('versions of the same bytes', () => {
  const bytes = 'ab'.repeat(32);
  const model = version('best.pt', { value: 3, bytes });
  const copied = version('last.pt', { kind: 'checkpoint', value: 3, bytes });
  const others = [version('b', { value: 2, bytes: 'cd' }), version('c', { value: 1, bytes: 'ef' })];

  test('fill one place of the best, and it is said whose bytes they are', () => {
    expect(decide([copied, model, ...others], { keepBest: 3 })).toEqual([
      '- last.pt: same bytes as best.pt',
      '+ best.pt: best #2 by sharpe',
      '+ b: best #3 by sharpe',
      '- c: no rule keeps it',
    ]);
  });

  test('fill one place of the latest', () => {
    const dated = [model, copied, ...others].map((each, time) => ({ ...each, time: at(time) }));
    expect(decide(dated, { keepLatest: 4 })).toEqual([
      '- best.pt: same bytes as last.pt',
      '+ last.pt: latest #4',
      '+ b: latest #3',
      '+ c: latest #2',
    ]);
  });

  test('however many there are, leave the other places to others', () => {
    const copies = Array.from({ length: 50 }, (_, index) => ({ ...copied, id: `copy${index}` }));
    const { decisions } = plan([...copies, model, ...others], { keepBest: 4 });
    expect(decisions.filter(({ keep }) => keep).map(({ id }) => id)).toEqual([
      ...['best.pt', 'b', 'c', 'leader'],
    ]);
  });

  test('stay both where what goes with the one is with no other that stays', () => {
    const model = { value: 2, bytes: 'same' };
    const bare = version('best.pt', model);
    const whole = { ...model, kind: 'checkpoint', companions: ['vecnormalize'] } as const;
    const twins = [version('b.pt', whole), version('a.pt', whole)];
    expect(decide([bare, ...twins], { keepBest: 2 })).toEqual([
      '+ best.pt: best #2 by sharpe',
      '- b.pt: same bytes as best.pt',
      '+ a.pt: what goes with it fits best.pt too, which lacks that',
    ]);
    expect(plan([bare, ...twins], { keepBest: 2 }).copies).toEqual(['b.pt']);
    const also = { ...bare, companions: ['vecnormalize'] };
    expect(decide([also, ...twins], { keepBest: 2 })[1]).toBe('- b.pt: same bytes as best.pt');
  });

  test('are no copies where one of them is broken, or where it is not known what they hold', () => {
    const torn = { ...model, state: 'torn' } as const;
    expect(decide([copied, torn, ...others], { keepBest: 2 })[0]).toBe('+ last.pt: best #2 by sharpe');
    const unknown = [model, copied].map((each) => ({ ...each, bytes: null }));
    expect(decide(unknown, { keepBest: 3 })).toEqual([
      '+ best.pt: best #2 by sharpe',
      '+ last.pt: best #3 by sharpe',
    ]);
  });

  test('that are best models, as saves alone make them, go only when others want their place', () => {
    const again = { ...model, id: 'again.pt', value: 2.5 };
    const best = (keepBest: number) => decide([model, again, ...others], { keepBest, kinds: 'best' });
    expect(best(5)[1]).toBe('+ again.pt: best #3 by sharpe');
    expect(best(4).filter((line) => line.startsWith('-'))).toEqual(['- again.pt: same bytes as best.pt']);
  });

  test('stay where anything else keeps them', () => {
    expect(
      decide([model, { ...copied, wanted: ['training resumes from it'], pinned: true }], { keepBest: 2 })[1],
    ).toBe('+ last.pt: training resumes from it, pinned');
  });
});

describe('versions of one value at one step, or episode', () => {
  const model = version('best.pt', { value: 3, step: 500, bytes: 'ab' });
  const again = version('at-500.pt', { kind: 'checkpoint', value: 3, step: 500, bytes: 'cd' });
  const others = [version('b', { value: 2, step: 400 }), version('c', { value: 1, step: 300 })];

  test('fill one place of the best, as they count once where the best is told, and it is said whose state they are', () => {
    expect(decide([again, model, ...others], { keepBest: 3 })).toEqual([
      '- at-500.pt: the state of best.pt, saved twice',
      '+ best.pt: best #2 by sharpe',
      '+ b: best #3 by sharpe',
      '- c: no rule keeps it',
    ]);
    const episode = [model, again].map((each) => ({ ...each, step: null, episode: 7 }));
    expect(decide(episode, { keepBest: 3 })[1]).toBe('- at-500.pt: the state of best.pt, saved twice');
  });

  test('are two of the latest, and are not read as copies of one another', () => {
    const dated = [model, again].map((each, time) => ({ ...each, time: at(2e6 + time) }));
    expect(decide(dated, { keepLatest: 2 })).toEqual([
      '+ best.pt: latest #2',
      '+ at-500.pt: latest, the newest intact version',
    ]);
    expect(plan([model, again], { keepBest: 3 }).copies).toEqual([]);
  });

  test('are two states where the step is not counted, or the values differ', () => {
    for (const rest of [{ step: 0 }, { step: null }, { value: 2.5 }])
      expect(
        decide(
          [
            { ...model, ...('value' in rest ? {} : rest) },
            { ...again, ...rest },
          ],
          { keepBest: 3 },
        )[1],
      ).toBe('+ at-500.pt: best #3 by sharpe');
  });

  test('of best models, as saves alone make them, the other goes only when others want its place', () => {
    const best = (keepBest: number) =>
      decide([model, { ...again, id: 'twin.pt', kind: 'best' }, ...others], { keepBest, kinds: 'best' });
    expect(best(5).every((line) => line.startsWith('+'))).toBe(true);
    expect(best(4).filter((line) => line.startsWith('-'))).toEqual([
      '- twin.pt: the state of best.pt, saved twice',
    ]);
  });
});
