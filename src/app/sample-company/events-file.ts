import { personOf, type Person, type Segment } from './person.ts';
import { chanceOf, type Chance } from './random.ts';
import { warningOf } from './warnings-file.ts';
import { daysFrom, type World } from './world.ts';

const DOING: Record<Segment, string> = { shopper: 'purchase', viewer: 'watch', gamer: 'play', high_value: 'purchase' };

/** events.jsonl: what people did before they were warned; one in twenty came back after it. */
export function* eventsFile(world: World): Generator<string> {
  for (let number = 1; number <= world.users; number++) {
    const person = personOf(world, number);
    const chance = chanceOf(`${world.seed}/events/${number}`);
    const count = chance.between(0, 4);
    for (let index = 1; index <= count; index++) {
      const type = chance.is(0.5) ? 'visit' : DOING[person.segment];
      yield eventLine(world, { person, type, id: `e${number}-${index}`, daysAgo: 8 + 50 * chance.next(), chance });
    }
    const warning = warningOf(world, number);
    if (warning && chance.is(0.05)) {
      const type = chance.is(0.6) ? 'visit' : DOING[person.segment];
      yield eventLine(world, {
        person,
        type,
        id: `e${number}-r`,
        daysAgo: warning.raisedDaysAgo * chance.next(),
        chance,
      });
    }
    if (number % 150 === 3) yield spoiled(world, number);
  }
}

function eventLine(
  world: World,
  input: { person: Person; type: string; id: string; daysAgo: number; chance: Chance },
): string {
  const { person, type, id, daysAgo, chance } = input;
  const event = { event_id: id, user_id: person.userId, type, occurred_at: daysFrom(world.now, -daysAgo) };
  if (type !== 'purchase') return `${JSON.stringify({ ...event, page: chance.pick(['home', 'detail', 'cart']) })}\n`;
  const value = `${chance.between(15, 900)}.${chance.between(10, 99)}`;
  return `${JSON.stringify({ ...event, value, currency: 'CNY' })}\n`;
}

/** Lines as a broken export leaves them. */
function spoiled(world: World, number: number): string {
  const chance = chanceOf(`${world.seed}/event-fault/${number}`);
  const event = {
    event_id: `f${number}`,
    user_id: `u${number}`,
    type: 'purchase',
    occurred_at: daysFrom(world.now, -9),
  };
  return chance.pick([
    `{"event_id":"f${number}","user_id":\n`,
    `${JSON.stringify({ ...event, value: '12.50' })}\n`,
    `${JSON.stringify({ ...event, occurred_at: 'yesterday' })}\n`,
    `${JSON.stringify({ ...event, value: '1200.50', currency: 'JPY' })}\n`,
  ]);
}
