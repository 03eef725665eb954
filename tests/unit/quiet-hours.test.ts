import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { ALWAYS, allowedMinutes, isAllowed, nextAllowed } from '../../src/policy/quiet-hours.ts';

const ZONES = [
  'Asia/Shanghai',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
];
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const window = fc.record({ from: clock, to: clock });
const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });

function local(iso: string, zone: string): Date {
  return DateTime.fromISO(iso, { zone }).toJSDate();
}

test('the next allowed moment is allowed, is not before, and the window ends after it', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES), window, (at, zone, hours) => {
      const allowed = allowedMinutes([hours]);
      const next = nextAllowed(at, zone, allowed);
      if (!next) return allowed.every((part) => part.to - part.from < 120);
      const end = next.windowEndsAt;
      return isAllowed(next.at, zone, allowed) && next.at >= at && (end === null || end > next.at);
    }),
    { numRuns: 600 },
  );
});

test('no allowed moment lies between the asked and the answered one', () => {
  fc.assert(
    fc.property(moment, fc.constantFrom(...ZONES), window, (at, zone, hours) => {
      const allowed = allowedMinutes([hours]);
      const next = nextAllowed(at, zone, allowed);
      if (!next || next.at.getTime() === at.getTime()) return true;
      for (let t = at.getTime(); t < next.at.getTime(); t += 7 * 60_000) {
        if (isAllowed(new Date(t), zone, allowed)) return false;
      }
      return true;
    }),
    { numRuns: 200 },
  );
});

test('two windows allow what both allow', () => {
  fc.assert(
    fc.property(window, window, moment, (a, b, at) => {
      const both = isAllowed(at, 'UTC', allowedMinutes([a, b]));
      return both === (isAllowed(at, 'UTC', allowedMinutes([a])) && isAllowed(at, 'UTC', allowedMinutes([b])));
    }),
  );
});

test('a window over midnight runs on into the next day', () => {
  const allowed = allowedMinutes([{ from: '22:00', to: '06:00' }]);
  const at = local('2026-05-20T23:30', 'Asia/Shanghai');
  expect(nextAllowed(at, 'Asia/Shanghai', allowed)).toEqual({
    at,
    windowEndsAt: local('2026-05-21T06:00', 'Asia/Shanghai'),
  });
});

test('a window that the clock change swallows is used the day after', () => {
  const allowed = allowedMinutes([{ from: '02:10', to: '02:50' }]);
  const next = nextAllowed(local('2026-03-29T01:00', 'Europe/Berlin'), 'Europe/Berlin', allowed);
  expect(next?.at).toEqual(local('2026-03-30T02:10', 'Europe/Berlin'));
});

test('equal ends and windows apart from each other allow nothing', () => {
  expect(allowedMinutes([{ from: '08:00', to: '08:00' }])).toEqual([]);
  expect(
    allowedMinutes([
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '20:00' },
    ]),
  ).toEqual([]);
  expect(nextAllowed(new Date(), 'UTC', [])).toBeNull();
});

test('no window at all allows every moment, without an end', () => {
  const at = new Date('2026-05-20T03:00:00Z');
  expect(allowedMinutes([undefined])).toEqual(ALWAYS);
  expect(nextAllowed(at, 'UTC', ALWAYS)).toEqual({ at, windowEndsAt: null });
});
