import { type Failure, nextStep } from '../../shared/failure.ts';
import { visibleText } from '../format/visible-text.ts';

/** A failure as a notice tells it. */
interface FailureWords {
  title: string;
  message: string;
}

/** What could not be done as a title, why and what to do below it; anything else as it stands, with the usual next step. */
export function failureWords({ code, message }: Pick<Failure, 'code' | 'message'>): FailureWords {
  const [what = '', ...more] = visibleText(message).split(' — ');
  if (!what.startsWith('cannot ') || more.length === 0)
    return { title: visibleText(message), message: nextAfter(message, code) };
  const told = more.map(asSentence);
  // What failed to open says itself what to do, and had nothing to change.
  return {
    title: capital(what),
    message: (what.startsWith('cannot open ') ? told : [...told, nextAfter(message, code)]).join(' '),
  };
}

/** The usual next step; where the message says itself what to do, only that nothing was changed. */
function nextAfter(message: string, code: Failure['code']): string {
  return code === 'ModelManager' && message.endsWith('try again') ? 'Nothing was changed.' : nextStep(code);
}

function asSentence(text: string): string {
  const begun = /^[a-z]+(?=[ ,:]|$)/.test(text) ? capital(text) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
