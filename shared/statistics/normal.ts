const rootOfTwo = Math.SQRT2;
const rootOfPi = Math.sqrt(Math.PI);
const rootOfTau = Math.sqrt(2 * Math.PI);
/** Below it the series is quick and exact, above it the fraction is. */
const seam = 2.5;

/**
 * The chance that a standard normal variable is at most `x`: Φ(x) = erfc(−x/√2)/2. Right to 1e-15, and of very small chances to 12
 * digits, for `x` from −37 up; 0 and 1 beyond, NaN for NaN.
 */
export function normalCdf(x: number): number {
  return complementaryErf(-x / rootOfTwo) / 2;
}

/**
 * The `x` of which {@link normalCdf} is `p`: −∞ for 0, ∞ for 1, NaN outside. A first guess (Abramowitz & Stegun 26.2.23) is made exact by
 * Halley's method on Φ, in the lower half, where Φ keeps its digits.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return p > 0.5 ? -lowerQuantile(1 - p) : lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  let x = above / below - t;
  for (let round = 0; round < 4; round += 1) {
    const step = (normalCdf(x) - p) * rootOfTau * Math.exp((x * x) / 2);
    x -= step / (1 + (x * step) / 2);
  }
  return x;
}

function complementaryErf(z: number): number {
  if (Number.isNaN(z)) return z;
  if (z < 0) return 2 - complementaryErf(-z);
  return z < seam ? 1 - erfSeries(z) : erfcFraction(z);
}

/** erf(z) = 2/√π e^(−z²) Σ 2ⁿ z^(2n+1) / (1·3·…·(2n+1)): every term is positive, so no digit is lost (A&S 7.1.6). */
function erfSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let n = 1; term > sum * 1e-17; n += 1) {
    term *= (2 * z * z) / (2 * n + 1);
    sum += term;
  }
  return (2 / rootOfPi) * Math.exp(-z * z) * sum;
}

/** erfc(z) = e^(−z²)/√π · 1/(z + ½/(z + 1/(z + 3/2/(z + …)))) (A&S 7.1.14), from the inside out. */
function erfcFraction(z: number): number {
  let inside = z;
  for (let n = 120; n > 0; n -= 1) inside = z + n / 2 / inside;
  return Math.exp(-z * z) / (rootOfPi * inside);
}
