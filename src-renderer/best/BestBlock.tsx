import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { BestJudgement } from '../../shared/model/best-judgement.ts';
import type { RunSummary } from '../../shared/model/run.ts';
import type { RunStore } from '../versions/run-store.ts';
import { candidatesText, figuresOf, marginText } from './judgement-words.ts';
import { RankingWarnings } from './RankingWarnings.tsx';
import { ReturnsForm } from './ReturnsForm.tsx';
import { useJudgement } from './useJudgement.ts';
import { VersionLink } from './VersionLink.tsx';
import './best.css';

interface Props {
  run: RunSummary;
  store: RunStore;
}

/** How sure it is that the best is the best: among whom it was chosen, by how much, and what speaks against it. */
export function BestBlock({ run, store }: Props) {
  const found = useJudgement(run);
  const [asking, setAsking] = useState(false);
  if (!found || found.judgement.best === null) return null;
  const { judgement, next, resumes } = found;
  return (
    <section className="best-block" aria-label="How sure is that?">
      <h3>How sure is that?</h3>
      <RankingWarnings warnings={judgement.warnings} />
      <dl className="facts">
        <Fact name="Chosen among">{candidatesText(judgement)}</Fact>
        {next !== null && (
          <Fact name="Next">
            <VersionLink store={store} handle={next} /> {marginText(judgement)}
          </Fact>
        )}
        {figuresOf(judgement).map(({ name, text, title }) => (
          <Fact key={name} name={name} title={title}>
            {text}
          </Fact>
        ))}
        {resumes !== null && (
          <Fact name="Trainer resumes">
            <VersionLink store={store} handle={resumes} />
            <span className="fact-note">the newest by time, which is not intact</span>
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

/** Only a Sharpe ratio needs to be asked about. */
function AskButton({ judgement, onAsk }: { judgement: BestJudgement; onAsk: () => void }) {
  if (judgement.probabilistic_sharpe === null) return null;
  return (
    <Button variant="default" className="best-ask" onClick={onAsk}>
      {judgement.missing.length > 0 ? 'Say what is missing…' : 'Change what was said…'}
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
