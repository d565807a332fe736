import { IconCode, IconPackage, IconQuestionMark, IconTable } from '@tabler/icons-react';
import type { ContentsView } from '../../shared/model/contents-view.ts';
import { isUntoldFormat } from '../../shared/model/untold-format.ts';
import { formatCount } from '../format/format-number.ts';
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

/** Of a file of which not all was read, and in what was nothing is seen to be called. */
const unseen: (typeof words)[Trust] = {
  badge: 'May run code when loaded',
  sentence: 'Not all of it could be read, and what was not may do anything when Python loads it.',
  Icon: IconQuestionMark,
};

/** Of a file that is none that could be looked into. */
const untold: (typeof words)[Trust] = {
  badge: 'Not known',
  sentence: 'Nothing was read that could tell what loading it does.',
  Icon: IconQuestionMark,
};

function wordsOf({ format, trust }: ContentsView): (typeof words)[Trust] {
  return trust === 'tensors-only' && isUntoldFormat(format) ? untold : words[trust];
}

/** What loading the file would take, with everything that it names. */
export function TrustBlock({ view }: { view: ContentsView }) {
  const { trust, globals, unread, targets, problems } = view;
  const more = view.left_out.globals;
  const isSeen = unread.length === 0 || globals.some(({ called, class: kind }) => called && kind === 'code');
  const { badge, sentence, Icon } = isSeen ? wordsOf(view) : unseen;
  const rank = { code: 0, data: 1, tensor: 2 };
  const sorted = globals.toSorted((a, b) => rank[a.class] - rank[b.class]);
  return (
    <section className="trust" data-trust={trust} aria-label="Loading it">
      <p className="trust-badge">
        <Icon size={15} stroke={1.75} aria-hidden /> {badge}
      </p>
      <p>{sentence}</p>
      <Unread parts={unread.filter((what) => !problems.includes(what))} />
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
      <Targets names={targets} />
    </section>
  );
}

/** What the config beside the file names to be called. */
function Targets({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <details>
      <summary>{plural(names.length, 'name')} that its config has Hydra call</summary>
      <ul className="globals" aria-label="Called by Hydra">
        {names.map((name) => (
          <li key={name} className="global" data-kind="code">
            <bdi>{visibleText(name)}</bdi>
            <span>_target_</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What of the file was not read, where no problem says it already. */
function Unread({ parts }: { parts: readonly string[] }) {
  if (parts.length === 0) return null;
  return (
    <ul className="globals" aria-label="Not read">
      {parts.map((what) => (
        <li key={what} className="global" data-kind="code">
          <bdi>{visibleText(what)}</bdi>
          <span>not read</span>
        </li>
      ))}
    </ul>
  );
}

function Global({ module, name, called, class: kind, offset }: ContentsView['globals'][number]) {
  const where = offset === null ? undefined : `First named at byte ${formatCount(offset)} of its pickle`;
  return (
    <li className="global" data-kind={kind} title={where}>
      <bdi>{visibleText(`${module}.${name}`)}</bdi>
      <span>{called ? 'called' : 'named'}</span>
    </li>
  );
}
