import { IconCode, IconPackage, IconTable } from '@tabler/icons-react';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import { plural } from '../format/plural.ts';
import { visibleText } from '../format/visible-text.ts';

type Trust = ContentsView['trust'];

/** What is known, and never a promise. */
const words: Record<Trust, { badge: string; sentence: string; Icon: typeof IconTable }> = {
  'tensors-only': {
    badge: 'Tensors only',
    sentence: 'As far as can be seen, loading it reads numbers and plain data and runs nothing.',
    Icon: IconTable,
  },
  'needs-classes': {
    badge: 'Needs its classes',
    sentence: 'To load it, Python also needs parts of the program that saved it.',
    Icon: IconPackage,
  },
  'runs-code': {
    badge: 'Runs code when loaded',
    sentence:
      'Loading it in Python runs what the file asks for, which may do anything. Cairn has run none of it.',
    Icon: IconCode,
  },
};

interface Props {
  trust: Trust;
  globals: ContentsView['globals'];
  more: number;
}

/** What loading the file would take, with everything that it names. */
export function TrustBlock({ trust, globals, more }: Props) {
  const { badge, sentence, Icon } = words[trust];
  const rank = { code: 0, data: 1, tensor: 2 };
  const sorted = globals.toSorted((a, b) => rank[a.class] - rank[b.class]);
  return (
    <section className="trust" data-trust={trust} aria-label="Loading it">
      <p className="trust-badge">
        <Icon size={15} stroke={1.75} aria-hidden /> {badge}
      </p>
      <p>{sentence}</p>
      {globals.length > 0 && (
        <details open={trust !== 'tensors-only'}>
          <summary>{plural(globals.length + more, 'name')} from Python</summary>
          <ul className="globals">
            {sorted.map((global) => (
              <Global key={`${global.module}.${global.name}`} {...global} />
            ))}
            {more > 0 && <li>and {plural(more, 'more', 'more')}</li>}
          </ul>
        </details>
      )}
    </section>
  );
}

function Global({ module, name, called, class: kind }: ContentsView['globals'][number]) {
  return (
    <li className="global" data-kind={kind}>
      <bdi>{visibleText(`${module}.${name}`)}</bdi>
      <span>{called ? 'called' : 'named'}</span>
    </li>
  );
}
