/** Refuses NaN, naming the argument. @throws RangeError */
export function requireNumber(name: string, value: number): void {
  if (Number.isNaN(value)) throw new RangeError(`${name} must be a number, not NaN`);
}

/** Shapes beyond these would overflow in between; no count or size of a sample comes near them. */
const SHAPES = { least: 1e-100, most: 1e100 };

/** Refuses a shape or degrees of freedom outside 1e-100 … 1e100, naming the argument. @throws RangeError */
export function requireShape(name: string, value: number): void {
  if (!(value >= SHAPES.least && value <= SHAPES.most)) {
    throw new RangeError(`${name} must be positive (${SHAPES.least} to ${SHAPES.most}), not ${value}`);
  }
}

/** Refuses a probability outside [0, 1], naming the argument. @throws RangeError */
export function requireProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1, not ${value}`);
}
