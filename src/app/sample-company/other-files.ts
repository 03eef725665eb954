import { csvLine } from './csv-line.ts';
import { personOf } from './person.ts';
import { chanceOf } from './random.ts';
import { daysFrom, type World } from './world.ts';

/** Keys of the sample browsers: the stand-in of the push service can read what is sent to them. */
export interface PushKeys {
  p256dh: string;
  auth: string;
}

/** push_subscriptions.jsonl: browsers and apps of those who said yes to push, on a host that no push service has. */
export function* pushFile(world: World, keys: PushKeys): Generator<string> {
  for (let number = 1; number <= world.users; number++) {
    const person = personOf(world, number);
    if (person.consentPush !== 'true') continue;
    const chance = chanceOf(`${world.seed}/push/${number}`);
    const token = Array.from({ length: 22 }, () => chance.between(0, 35).toString(36)).join('');
    const endpoint = `https://sample.push.services.mozilla.com/wpush/v2/${token}`;
    const line = chance.is(0.7)
      ? { user_id: person.userId, kind: 'webpush', endpoint, ...keys }
      : { user_id: person.userId, kind: 'fcm', token: `sample:${token}` };
    const wrong = { ...line, kind: 'webpush', endpoint: 'http://10.0.0.8/push', ...keys };
    yield `${JSON.stringify(chance.is(0.01) ? wrong : line)}\n`;
  }
}

const POOLS = [
  { pool: 'shopper-big', prefix: 'BIG', codes: 3000 },
  { pool: 'shopper-member', prefix: 'MEM', codes: 3000 },
  { pool: 'game-pack', prefix: 'PACK', codes: 2000 },
];

/** coupons.csv: three pools, with a code in each that is there twice. */
export function* couponsFile(world: World): Generator<string> {
  yield csvLine(['pool', 'code', 'expires_at']);
  const expires = daysFrom(world.now, 120);
  for (const { pool, prefix, codes } of POOLS) {
    const chance = chanceOf(`${world.seed}/coupons/${pool}`);
    for (let number = 1; number <= codes; number++) {
      const tail = Array.from({ length: 6 }, () => chance.pick([...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'])).join('');
      const line = csvLine([pool, `${prefix}-${number.toString(36).toUpperCase()}-${tail}`, expires]);
      yield line;
      if (number === 500) yield line;
    }
  }
}

/** contacts.csv: what the newsletter tool sent these days, so that caps have something to count. */
export function* contactsFile(world: World): Generator<string> {
  yield csvLine(['user_id', 'channel', 'category', 'sent_at']);
  for (let number = 1; number <= world.users; number++) {
    const chance = chanceOf(`${world.seed}/contacts/${number}`);
    if (!chance.is(0.1)) continue;
    const { userId } = personOf(world, number);
    const times = chance.between(1, 3);
    for (let index = 0; index < times; index++) {
      const channel = chance.is(0.01) ? 'fax' : chance.pick(['email', 'email', 'sms']);
      yield csvLine([userId, channel, 'winback', daysFrom(world.now, -(index * 2 + 1.9 * chance.next()))]);
    }
  }
}

const TITLES = {
  'zh-CN': ['长夜将尽', '海边的答案', '第七封信', '山海之间', '风起长安', '星河旅人'],
  en: [
    'The Long Night',
    'An Answer by the Sea',
    'The Seventh Letter',
    'Between Hills',
    'Harbour Lights',
    'Star Traveller',
  ],
};

/** content.csv: new series in both languages. */
export function* contentFile(world: World): Generator<string> {
  yield csvLine(['content_id', 'kind', 'title', 'tags', 'url', 'price', 'published_at', 'locale']);
  let number = 0;
  for (const locale of ['zh-CN', 'en'] as const) {
    for (const title of TITLES[locale]) {
      number += 1;
      const chance = chanceOf(`${world.seed}/content/${number}`);
      const tags = `${chance.pick(['drama', 'comedy', 'thriller', 'documentary', 'anime'])}|new`;
      const price = chance.is(0.1) ? '12.345' : '0';
      const url = `https://www.example.com/series/${number}`;
      yield csvLine([`c${number}`, 'series', title, tags, url, price, daysFrom(world.now, -number), locale]);
    }
  }
}
