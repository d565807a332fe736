import { expect, test } from 'vitest';
import { placeBeside, placeOnScreens } from './window-place.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };

test('a window opens where it was left', () => {
  const place = { x: 100, y: 50, width: 1200, height: 800 };
  expect(placeOnScreens(place, [screen])).toEqual(place);
  const there = { ...place, x: 1950 };
  expect(placeOnScreens(there, [screen, right])).toEqual(there);
});

test('a place that is out of sight, or whose title bar is, counts for nothing', () => {
  const place = { x: 2000, y: 50, width: 1200, height: 800 };
  expect(placeOnScreens(place, [screen])).toBeNull();
  expect(placeOnScreens({ ...place, x: 1850 }, [screen])).toBeNull();
  expect(placeOnScreens({ ...place, x: 100, y: -60 }, [screen])).toBeNull();
});

test('a window is never larger than its screen, nor smaller than it can be used', () => {
  const place = { x: 0, y: 0, width: 4000, height: 10 };
  expect(placeOnScreens(place, [screen])).toBeNull();
  expect(placeOnScreens({ ...place, height: 3000 }, [screen])).toEqual({
    x: 0,
    y: 0,
    width: 1920,
    height: 1080,
  });
  expect(placeOnScreens({ ...place, width: 300, height: 200 }, [screen])).toMatchObject({
    width: 1024,
    height: 640,
  });
});

test('a window opens a step from the one before it, and further where another begins there', () => {
  const place = { x: 100, y: 50, width: 1200, height: 800 };
  expect(placeBeside(place, [place], 28)).toEqual({ ...place, x: 128, y: 78 });
  const second = { x: 128, y: 78, width: 1024, height: 640 };
  expect(placeBeside(place, [place, second], 28)).toEqual({ ...place, x: 156, y: 106 });
});
