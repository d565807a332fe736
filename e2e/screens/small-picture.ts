import type { ElectronApplication, Page } from '@playwright/test';
import type { Cairn } from '../driver/launch-cairn.ts';

/** A picture a third as wide and high as the page; four bytes a pixel: blue, green, red, and one that says nothing. */
export interface SmallPicture {
  width: number;
  height: number;
  pixels: Buffer;
}

const share = 3;
/** Colours are kept in so many steps: a reference is to be small. */
const step = 16;
/** So far may a channel be from the reference: half a step, and what the edges of letters do. */
const tolerance = 24;

/** The page as it is once two pictures of it in a row are the same. @param prepare what is done to it before each */
export async function takeSmall(
  { electron, page }: Pick<Cairn, 'electron' | 'page'>,
  prepare: () => Promise<void>,
): Promise<SmallPicture> {
  await prepare();
  let before = await takeOnce(electron, page);
  for (let tries = 0; tries < 20; tries += 1) {
    await prepare();
    const now = await takeOnce(electron, page);
    if (now.pixels.equals(before.pixels)) return now;
    before = now;
  }
  throw new Error('the page does not come to rest');
}

async function takeOnce(electron: ElectronApplication, page: Page): Promise<SmallPicture> {
  const shot = await page.screenshot({ scale: 'device', animations: 'disabled', caret: 'hide' });
  return decode(electron, shot, share);
}

/** Electron reads the PNG, and makes it smaller by so much. */
export async function decode(electron: ElectronApplication, png: Buffer, smaller = 1): Promise<SmallPicture> {
  const { width, height, pixels } = await electron.evaluate(
    ({ nativeImage }, { text, by }) => {
      const image = nativeImage.createFromBuffer(Buffer.from(text, 'base64'));
      const size = image.getSize();
      const small = by === 1 ? image : image.resize({ width: Math.round(size.width / by), quality: 'best' });
      return { ...small.getSize(), pixels: small.toBitmap().toString('base64') };
    },
    { text: png.toString('base64'), by: smaller },
  );
  return { width, height, pixels: Buffer.from(pixels, 'base64') };
}

/** As a PNG of few colours. */
export async function encode(electron: ElectronApplication, picture: SmallPicture): Promise<Buffer> {
  const { width, height, pixels } = picture;
  const coarse = Buffer.from(
    pixels.map((value, index) => (index % 4 === 3 ? 255 : Math.min(255, Math.round(value / step) * step))),
  );
  const png = await electron.evaluate(
    ({ nativeImage }, { text, size }) =>
      nativeImage.createFromBitmap(Buffer.from(text, 'base64'), size).toPNG().toString('base64'),
    { text: coarse.toString('base64'), size: { width, height } },
  );
  return Buffer.from(png, 'base64');
}

/** How many pixels are not those of the reference, and the corners of the part that they are in. */
export interface Difference {
  count: number;
  /** Pixels of the page. */
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function differenceOf(picture: SmallPicture, reference: SmallPicture): Difference {
  const { width, height } = picture;
  if (width !== reference.width || height !== reference.height)
    throw new Error(`${width} × ${height} pixels, not ${reference.width} × ${reference.height}`);
  const found: number[] = [];
  for (let pixel = 0; pixel < width * height; pixel += 1)
    if (isOther(picture.pixels, reference.pixels, pixel * 4)) found.push(pixel);
  const across = found.map((pixel) => pixel % width);
  const down = found.map((pixel) => Math.floor(pixel / width));
  const edge = (of: (...values: number[]) => number, values: number[]) => of(0, ...values) * share;
  return {
    count: found.length,
    left: Math.min(width, ...across) * share,
    top: Math.min(height, ...down) * share,
    right: edge(Math.max, across),
    bottom: edge(Math.max, down),
  };
}

function isOther(a: Buffer, b: Buffer, at: number): boolean {
  return [0, 1, 2].some((channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0)) > tolerance);
}
