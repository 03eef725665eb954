import { expect, test } from 'vitest';
import { PATHS } from '../../src/console/screens/paths.ts';
import { picturesOfDocs, LOOKS } from '../support/console/screenshots/camera.ts';
import { addressOf, SHOTS } from '../support/console/screenshots/shots.ts';

const places = {
  campaign: 'c',
  finishedWave: 1,
  runningWave: 2,
  contactedUser: 'u',
  blockedUser: 'v',
  mail: 'm/1',
  task: 3,
  webhook: 4,
};

test('every screen has a picture', () => {
  const taken = new Set(SHOTS.map(({ screen }) => screen));
  expect(Object.keys(PATHS).filter((screen) => !taken.has(screen as keyof typeof PATHS))).toEqual([]);
});

test('every picture of the docs is one that the script takes', () => {
  const names = SHOTS.flatMap(({ name, everyLook }) =>
    LOOKS.filter(({ suffix }) => suffix === '' || everyLook).map(({ suffix }) => `${name}${suffix}.png`),
  );
  expect([...picturesOfDocs()].filter((name) => !names.includes(name))).toEqual([]);
});

test('every address has all its parameters, in a form that an address can have', () => {
  for (const shot of SHOTS) expect(addressOf(shot, places)).not.toMatch(/\$|undefined/);
  const mail = SHOTS.find(({ name }) => name === 'inbox-mail');
  expect(mail && addressOf(mail, places)).toBe('/inbox/email/m%2F1');
});
