import { expect, test } from 'vitest';
import { visibleText } from './visible-text.ts';

test('newlines, bidi overrides and zero-width characters are shown, not obeyed', () => {
  expect(visibleText('a\nb')).toBe('a␊b');
  expect(visibleText('\u202egpj.tp')).toBe('[U+202E]gpj.tp');
  expect(visibleText('best\u200b.pt')).toBe('best[U+200B].pt');
});

test('ordinary text of any script stays as it is', () => {
  for (const text of ['model_v0001.pt', 'modèle', 'نموذج', '模型 <b>&amp;'])
    expect(visibleText(text)).toBe(text);
});
