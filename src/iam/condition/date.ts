import { type Decimal, parseDecimal } from './decimal.ts';

const DAY_SECONDS = 86_400;

/**
 * Reads a date as seconds since 1970: an epoch number, or a W3C profile of ISO 8601 from a year to fractions of a second.
 * Four digits are a year. `undefined` for anything else.
 * Source: IAM User Guide, "Condition operators", "Date condition operators".
 */
export function parseDate(text: string): Decimal | undefined {
  const trimmed = text.trim();
  if (/^[+-]?\d+(?:\.\d+)?$/.test(trimmed) && !/^\d{4}$/.test(trimmed)) return parseDecimal(trimmed);
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?)?)?$/.exec(trimmed);
  if (match === null) return undefined;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const days = daysSinceEpoch(Number(year), Number(month), Number(day));
  if (days === undefined || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const seconds = days * DAY_SECONDS + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetSeconds(zone);
  return { digits: BigInt(seconds) * 10n ** BigInt(fraction.length) + BigInt(fraction === '' ? '0' : fraction), scale: fraction.length };
}

function offsetSeconds(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysSinceEpoch(year: number, month: number, day: number): number | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = MONTH_DAYS[month - 1];
  if (length === undefined || day < 1 || day > length + (leap && month === 2 ? 1 : 0)) return undefined;
  const before = year - 1;
  let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  for (let at = 0; at < month - 1; at += 1) days += (MONTH_DAYS[at] ?? 0) + (leap && at === 1 ? 1 : 0);
  return days + day - 1 - 719_162;
}
