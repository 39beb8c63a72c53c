/** A number as written: `digits` times ten to the power of minus `scale`. Compared exactly, never through floating point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Longer numbers are no IAM values; the bound keeps hostile input cheap. */
const MAX_LENGTH = 64;
const MAX_EXPONENT = 64;

/** Reads an integer or decimal, with optional sign and exponent; `undefined` for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const trimmed = text.trim();
  if (trimmed.length === 0 || trimmed.length > MAX_LENGTH) return undefined;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(trimmed);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > MAX_EXPONENT) return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  const scale = fraction.length - power;
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Less than, equal to or greater than zero, as for sorting. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = left.digits * 10n ** BigInt(scale - left.scale) - right.digits * 10n ** BigInt(scale - right.scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** As decimal text that `parseDecimal` reads back. */
export function formatDecimal(value: Decimal): string {
  const sign = value.digits < 0n ? '-' : '';
  const digits = (value.digits < 0n ? -value.digits : value.digits).toString().padStart(value.scale + 1, '0');
  if (value.scale === 0) return sign + digits;
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = digits.slice(digits.length - value.scale).replace(/0+$/, '');
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** A number strictly between two others, or beyond the one that is given. */
export function decimalBetween(low: Decimal | undefined, high: Decimal | undefined): Decimal {
  if (low === undefined && high === undefined) return { digits: 1n, scale: 0 };
  if (low === undefined && high !== undefined) return add(high, -1n);
  if (high === undefined && low !== undefined) return add(low, 1n);
  const scale = Math.max(low?.scale ?? 0, high?.scale ?? 0) + 1;
  const from = (low?.digits ?? 0n) * 10n ** BigInt(scale - (low?.scale ?? 0));
  const to = (high?.digits ?? 0n) * 10n ** BigInt(scale - (high?.scale ?? 0));
  return { digits: (from + to) / 2n, scale };
}

function add(value: Decimal, whole: bigint): Decimal {
  return { digits: value.digits + whole * 10n ** BigInt(value.scale), scale: value.scale };
}
