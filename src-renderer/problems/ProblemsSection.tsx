import type { Problem } from '../../shared/model/run.ts';
import { ProblemsList } from './ProblemsList.tsx';
import './problems.css';

/** What is damaged of what a page lists; nothing where all is well. */
export function ProblemsSection({ title, problems }: { title: string; problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <section className="problems-section" aria-label={title}>
      <h2>{title}</h2>
      <ProblemsList problems={problems} />
    </section>
  );
}
