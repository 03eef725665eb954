/** Currencies whose ISO 4217 exponent is not 2. */
const EXPONENTS: Record<string, number> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimal places of a currency by ISO 4217. */
export function currencyExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** Integer minor units of an amount in major units, rounded half away from zero. */
export function minorUnits(major: number, currency: string): number {
  // Through text: 1.005 * 100 is 100.49999999999999 in binary.
  return Math.sign(major) * Math.round(Number(`${Math.abs(major)}e${currencyExponent(currency)}`));
}

/** "12.50 CNY" for 1250 minor units. */
export function formatMinor(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  return `${(minor / 10 ** exponent).toFixed(exponent)} ${currency}`;
}
