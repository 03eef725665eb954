/** Refuses NaN, naming the argument. @throws RangeError */
export function requireNumber(name: string, value: number): void {
  if (Number.isNaN(value)) throw new RangeError(`${name} must be a number, not NaN`);
}

/** Refuses a shape or degrees of freedom that aren't positive and finite, naming the argument. @throws RangeError */
export function requirePositive(name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be positive and finite, not ${value}`);
}

/** Refuses a probability outside [0, 1], naming the argument. @throws RangeError */
export function requireProbability(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1, not ${value}`);
}
