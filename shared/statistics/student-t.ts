/**
 * How many standard errors a mean may be off, either way, with this much confidence: the t of which P(|T| ≤ t) is `confidence`, for a
 * whole number of degrees of freedom from 1. For whole numbers that chance is a finite sum (Abramowitz & Stegun 26.7.3 and 26.7.4), so
 * nothing is approximated but the search for the angle, to 1e-15 of it.
 */
export function studentQuantile(confidence: number, freedom: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let round = 0; round < 60; round += 1) {
    const angle = (low + high) / 2;
    if (chanceWithin(angle, freedom) < confidence) low = angle;
    else high = angle;
  }
  return Math.tan((low + high) / 2) * Math.sqrt(freedom);
}

/** P(|T| ≤ tan(angle)·√freedom). */
function chanceWithin(angle: number, freedom: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2;
  let term = odd ? cosine : 1;
  let sum = freedom > 1 ? term : 0;
  // cosθ + ⅔ cos³θ + …, or 1 + ½ cos²θ + …: as many terms as there are pairs below the degrees of freedom.
  for (let n = 2 + odd; n < freedom; n += 2) {
    term *= (cosine * cosine * (n - 1)) / n;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
