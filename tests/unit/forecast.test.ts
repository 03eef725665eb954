import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finishOf } from '../../src/app/forecast.ts';

const NOW = new Date('2026-05-20T12:00:00Z');
const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

describe('the forecast', () => {
  test('of what is due now is its number at the rate', () => {
    expect(finishOf([{ plannedAt: inMinutes(-90), messages: 600 }], 10, NOW)).toEqual(inMinutes(1));
  });

  test('waits for a deferred message and goes on after it', () => {
    const minutes = [
      { plannedAt: NOW, messages: 600 },
      { plannedAt: inMinutes(60), messages: 1200 },
    ];
    expect(finishOf(minutes, 10, NOW)).toEqual(inMinutes(62));
  });

  test('queues later messages behind those that are still going out', () => {
    const minutes = [
      { plannedAt: NOW, messages: 6000 },
      { plannedAt: inMinutes(1), messages: 600 },
    ];
    expect(finishOf(minutes, 10, NOW)).toEqual(inMinutes(11));
  });

  test('is unknown where a limit is as good as a stop', () => {
    expect(finishOf([{ plannedAt: NOW, messages: 600 }], 1e-9, NOW)).toBeNull();
    expect(finishOf([{ plannedAt: NOW, messages: 600 }], Number.MIN_VALUE, NOW)).toBeNull();
  });

  test('is never before the last message falls due, nor before all could be sent', () => {
    const minute = fc.record({
      offset: fc.integer({ min: -60, max: 600 }),
      messages: fc.integer({ min: 1, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(minute, { minLength: 1 }), fc.integer({ min: 1, max: 100 }), (drawn, rate) => {
        const minutes = drawn
          .toSorted((a, b) => a.offset - b.offset)
          .map(({ offset, messages }) => ({ plannedAt: inMinutes(offset), messages }));
        const finish = finishOf(minutes, rate, NOW)!.getTime();
        const all = minutes.reduce((sum, one) => sum + one.messages, 0);
        expect(finish).toBeGreaterThanOrEqual(Math.floor(NOW.getTime() + (all / rate) * 1000) - 1);
        expect(finish).toBeGreaterThanOrEqual(minutes.at(-1)?.plannedAt.getTime() ?? 0);
      }),
    );
  });
});
