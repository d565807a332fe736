import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { Requests } from '../../shared/ipc/contract.ts';
import type { BestJudgement } from '../../shared/model/best-judgement.ts';
import { isProblem } from '../../shared/model/integrity.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RunStore } from '../versions/run-store.ts';
import { candidatesText, figuresOf, marginText } from './judgement-words.ts';
import { RankingWarnings } from './RankingWarnings.tsx';
import { ReturnsForm } from './ReturnsForm.tsx';
import { useJudgement } from './useJudgement.ts';
import { VersionLink } from './VersionLink.tsx';
import { WeightsOfBest } from './WeightsOfBest.tsx';
import './best.css';

type Found = Requests['judgeBest']['output'];

interface Props {
  run: RunSummary;
  store: RunStore;
}

/** How sure it is that the best is the best: among whom it was chosen, by how much, and what speaks against it. */
export function BestBlock({ run, store }: Props) {
  const { found, isOld } = useJudgement(run);
  if (found && found.judgement.best !== null)
    return <Judged run={run} store={store} found={found} isOld={isOld} />;
  // Who takes a picture of the window waits for the first judgement as for any other.
  return isOld && <span hidden data-old />;
}

function Judged({ run, store, found, isOld }: Props & { found: Found; isOld: boolean }) {
  const [asking, setAsking] = useState(false);
  const { judgement, resumes } = found;
  return (
    <section className="best-block" aria-label="How sure is that?" data-old={isOld || undefined}>
      <h3>How sure is that? {isOld && <span className="best-old">judging anew…</span>}</h3>
      <RankingWarnings warnings={judgement.warnings} />
      <dl className="facts">
        <Fact name="Chosen among">{candidatesText(judgement)}</Fact>
        <Next store={store} found={found} />
        {figuresOf(judgement).map(({ name, text, title }) => (
          <Fact key={name} name={name} title={title}>
            {text}
          </Fact>
        ))}
        <Weights found={found} />
        {resumes !== null && (
          <Fact name="Newest by time">
            <VersionLink store={store} handle={resumes} />
            <span className="fact-note">not intact: a trainer that goes by time alone resumes from it</span>
          </Fact>
        )}
      </dl>
      {asking ? (
        <ReturnsForm
          // What was kept a moment ago may be told after the judgement by it.
          key={JSON.stringify(run.choices.returns)}
          runId={run.runId}
          returns={run.choices.returns}
          trials={run.choices.returns.trials === null ? judgement.trials : null}
          onDone={() => setAsking(false)}
        />
      ) : (
        <AskButton judgement={judgement} onAsk={() => setAsking(true)} />
      )}
    </section>
  );
}

function Weights({ found: { best, weights } }: { found: Found }) {
  if (best === null) return null;
  return (
    <Fact name="Weights">
      <WeightsOfBest key={best} version={best} weights={weights} />
    </Fact>
  );
}

/** Nobody, once it is found out that the version is not what was saved: the run is judged by that a little later. */
function Next({ store, found: { next, judgement } }: { store: RunStore; found: Found }) {
  const row = next === null ? null : store.snapshot().list.get(next);
  if (next === null || (row && isProblem(row.integrity.state))) return null;
  return (
    <Fact name="Next">
      <VersionLink store={store} handle={next} /> {marginText(judgement)}
    </Fact>
  );
}

/** Only a Sharpe ratio needs to be asked about. */
function AskButton({ judgement, onAsk }: { judgement: BestJudgement; onAsk: () => void }) {
  if (judgement.probabilistic_sharpe === null) return null;
  return (
    <Button variant="default" className="best-ask" onClick={onAsk}>
      {judgement.missing.length > 0 ? 'Fill in what is missing…' : 'Change these inputs…'}
    </Button>
  );
}

function Fact({ name, title, children }: { name: string; title?: string | undefined; children: ReactNode }) {
  return (
    <div className="fact">
      <dt title={title}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
