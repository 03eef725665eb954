const FIRST_STEP = 0.5;
const TOLERANCE = 1e-10;

/** Beyond a factor of e^64 nothing that counts can change any more. */
const FURTHEST = 64;

/** Goes from `from` in growing steps in the direction of `sign` until `found`, or to ±64 where that never happens. */
export function stepUntil(found: (value: number) => boolean, from: number, sign: 1 | -1): number {
  for (let step = FIRST_STEP; ; step *= 2) {
    const value = Math.max(-FURTHEST, Math.min(FURTHEST, from + sign * step));
    if (Math.abs(value) === FURTHEST || found(value)) return value;
  }
}

/** A point with its value, one end of a bracket. */
interface End {
  x: number;
  y: number;
}

/**
 * The last x with f(x) < 0 on the way from `inside` (f < 0) to `outside` (f ≥ 0), to 1e-10. Zero is tried first, so that it falls on
 * the side that f(0) says.
 */
export function lastNegative(f: (x: number) => number, inside: number, outside: number): number {
  let ends: [End, End] = [
    { x: inside, y: f(inside) },
    { x: outside, y: f(outside) },
  ];
  if (inside * outside < 0) {
    const zero = { x: 0, y: f(0) };
    ends = zero.y < 0 ? [zero, ends[1]] : [ends[0], zero];
  }
  return narrow(f, ends);
}

/** Chandrupatla's method (1997): inverse quadratic steps where the last three points allow them, halving elsewhere. */
function narrow(f: (x: number) => number, [inside, outside]: [End, End]): number {
  let [a, b] = [inside, outside];
  let t = 0.5;
  for (;;) {
    const x = a.x + t * (b.x - a.x);
    const next = { x, y: f(x) };
    let c: End;
    if (next.y < 0 === a.y < 0) c = a;
    else [c, b] = [b, a];
    a = next;
    const least = TOLERANCE / Math.abs(b.x - a.x);
    if (least > 0.5) return a.y < 0 ? a.x : b.x;
    t = Math.min(1 - least, Math.max(least, quadraticStep(a, b, c)));
  }
}

function quadraticStep(a: End, b: End, c: End): number {
  const xi = (a.x - b.x) / (c.x - b.x);
  const phi = (a.y - b.y) / (c.y - b.y);
  if (!(phi * phi < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  const along = (a.y / (b.y - a.y)) * (c.y / (b.y - c.y));
  const step = along + ((c.x - a.x) / (b.x - a.x)) * (a.y / (c.y - a.y)) * (b.y / (c.y - b.y));
  // Two equal values, where the function is flat, leave no parabola.
  return Number.isFinite(step) ? step : 0.5;
}
