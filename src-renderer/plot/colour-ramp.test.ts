import { expect, test } from 'vitest';
import { colourRamp, rampCss, rampStep } from './colour-ramp.ts';

test.each(['light', 'dark'] as const)(
  'the %s ramp only ever gets lighter, so that it reads in grey',
  (scheme) => {
    const ramp = colourRamp(scheme);
    const grey = Array.from({ length: 256 }, (_, step) => {
      const [red = 0, green = 0, blue = 0] = ramp.subarray(3 * step);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    for (let step = 1; step < 256; step += 1)
      expect(grey[step]).toBeGreaterThanOrEqual((grey[step - 1] ?? 0) - 1);
    expect((grey[255] ?? 0) - (grey[0] ?? 0)).toBeGreaterThan(90);
  },
);

test('shares beyond the ends have the colours of the ends', () => {
  expect([rampStep(-1), rampStep(0.5), rampStep(7)]).toEqual([0, 128, 255]);
  expect(rampCss(colourRamp('light'), 0)).toMatch(/^rgb\(\d+,\d+,\d+\)$/);
});
