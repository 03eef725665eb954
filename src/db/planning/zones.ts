import { IANAZone } from 'luxon';
import type { ChannelName } from '../../domain/words.ts';
import { calendarBounds } from '../../policy/cap-windows.ts';
import { isAlways, nextAllowed } from '../../policy/quiet-hours.ts';
import type { PlanContext } from './context.ts';

/** What the planner must know of one zone and channel; all zone arithmetic happens here, none in SQL. */
export interface ZoneRow {
  /** '' stands for users without a zone. */
  timezone: string;
  channel: ChannelName;
  known: boolean;
  planned_at: string | null;
  day_from: string;
  day_to: string;
  week_from: string;
  week_to: string;
  month_from: string;
  month_to: string;
}

/** Zone of a user: his own where it is one, else the company's default, else null (unknown). */
export function effectiveZone(timezone: string | null, fallback: string | null): string | null {
  if (timezone && IANAZone.isValidZone(timezone)) return timezone;
  return fallback;
}

function zoneRow(context: PlanContext, timezone: string, channel: ChannelName): ZoneRow {
  const zone = effectiveZone(timezone, context.defaultTimezone);
  const allowed = context.allowed[channel];
  // Without a zone only a channel that may be used at any hour has a planned time: nobody is sent to blind.
  const slot = zone || isAlways(allowed) ? nextAllowed(context.decisionAt, zone ?? 'utc', allowed) : null;
  const bounds = calendarBounds(slot?.at ?? context.decisionAt, zone);
  return {
    timezone,
    channel,
    known: zone !== null,
    planned_at: slot?.at.toISOString() ?? null,
    day_from: bounds.day.from.toISOString(),
    day_to: bounds.day.to.toISOString(),
    week_from: bounds.week.from.toISOString(),
    week_to: bounds.week.to.toISOString(),
    month_from: bounds.month.from.toISOString(),
    month_to: bounds.month.to.toISOString(),
  };
}

/** One row per zone and channel, computed once per context. */
export function createZoneTable(context: PlanContext): (timezones: readonly string[]) => ZoneRow[] {
  const known = new Map<string, ZoneRow>();
  return (timezones) =>
    timezones.flatMap((timezone) =>
      context.channels.map((channel) => {
        const key = `${timezone}/${channel}`;
        const row = known.get(key) ?? zoneRow(context, timezone, channel);
        known.set(key, row);
        return row;
      }),
    );
}
