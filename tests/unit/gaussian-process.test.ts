import { expect, test } from 'vitest';
import { bestInterval } from '../../src/experiments/best-interval.ts';
import { averagedPosterior, logLikelihood, sumPosterior } from '../../src/experiments/gaussian-process.ts';

// Golden numbers: ../shared/oracles/extra.json, 'gp' and 'best_interval' (dense algebra, own exact code).
const GROUPS = [
  [
    { value: -0.4, variance: 0.04 },
    { value: 0.1, variance: 0.02 },
    { value: 0.35, variance: 0.03 },
    { value: 0.2, variance: 0.05 },
  ],
  [{ value: -0.6, variance: 0.4 }, { value: -0.1, variance: 0.2 }, { value: 0.5, variance: 0.5 }, null],
];
const SCALES = { shared: 0.5, segment: 0.3, length: 2, offset: 0.1 };

test.each([
  {
    group: 0,
    mu: [-0.2743836235313222, 0.055376785546774, 0.2825091006352335, 0.2785583247298087],
    sd: [0.15872419247147312, 0.10822933695053034, 0.11891354613337816, 0.17657169898697947],
  },
  {
    group: 1,
    mu: [-0.30720300846794846, -0.030589951985459052, 0.1858658488231947, 0.2186133616296816],
    sd: [0.30018428799911384, 0.2671493196794052, 0.3007667929803129, 0.3670231697979981],
  },
])('the posterior of group $group is that of the dense algebra, bands without data included', ({ group, mu, sd }) => {
  const posterior = averagedPosterior(GROUPS, [SCALES]);
  mu.forEach((mean, band) => {
    const only = mu.map((_, other) => (other === band ? 1 : 0));
    const found = sumPosterior(posterior, group, only);
    expect(Math.abs(found.mean - mean)).toBeLessThan(1e-9);
    expect(Math.abs(found.sd - (sd[band] ?? NaN))).toBeLessThan(1e-9);
  });
});

test('the marginal likelihood is that of the dense algebra, without its constant', () => {
  expect(logLikelihood(GROUPS, SCALES)).toBeCloseTo(3.33724165628199, 9);
});

test('a sum over bands has its mean, its spread and its chance to be positive', () => {
  const delta = sumPosterior(averagedPosterior(GROUPS, [SCALES]), 0, [0, 300, 0, 0]);
  expect(delta.mean).toBeCloseTo(16.6130356640322, 8);
  expect(delta.sd).toBeCloseTo(32.4688010851591, 8);
  expect(delta.chancePositive).toBeCloseTo(0.69555603440334, 9);
});

test('neighbouring bands are summed jointly: their errors go together', () => {
  const posterior = averagedPosterior(GROUPS, [SCALES]);
  const [second, third] = [sumPosterior(posterior, 1, [0, 1, 0, 0]), sumPosterior(posterior, 1, [0, 0, 1, 0])];
  const both = sumPosterior(posterior, 1, [0, 1, 1, 0]);
  expect(both.mean).toBeCloseTo(second.mean + third.mean, 12);
  expect(both.sd).toBeGreaterThan(Math.hypot(second.sd, third.sd) * 1.1);
  expect(both.sd).toBeLessThan(second.sd + third.sd);
});

test('averaging over scales weights by likelihood and keeps the doubt about the scales', () => {
  const grid = [SCALES, { ...SCALES, shared: 0.05, segment: 0.05 }, { ...SCALES, length: 8 }];
  const posterior = averagedPosterior(GROUPS, grid);
  const weights = posterior.members.map((member) => member.weight);
  const likelihoods = grid.map((scales) => Math.exp(logLikelihood(GROUPS, scales)));
  const total = likelihoods.reduce((a, b) => a + b, 0);
  weights.forEach((weight, at) => expect(weight).toBeCloseTo((likelihoods[at] ?? NaN) / total, 12));
  const single = grid.map((scales) => sumPosterior(averagedPosterior(GROUPS, [scales]), 0, [1, 0, 0, 0]));
  const mixture = sumPosterior(posterior, 0, [1, 0, 0, 0]);
  const within = single.reduce((sum, { sd }, at) => sum + (weights[at] ?? 0) * sd ** 2, 0);
  expect(mixture.sd ** 2).toBeGreaterThan(within);
  expect(mixture.mean).toBeCloseTo(
    single.reduce((sum, { mean }, at) => sum + (weights[at] ?? 0) * mean, 0),
    12,
  );
});

test('many bands under a long length stay regular', () => {
  const bands = Array.from({ length: 50 }, (_, band) => ({ value: band / 50 - 0.3, variance: 0.01 }));
  const posterior = averagedPosterior(
    [bands, bands.map(() => null)],
    [{ shared: 1, segment: 1, offset: 0, length: 20 }],
  );
  for (const group of [0, 1]) {
    const { mean, sd } = sumPosterior(
      posterior,
      group,
      bands.map((_, band) => (band === 49 ? 1 : 0)),
    );
    expect(mean).toBeGreaterThan(0);
    expect(sd).toBeGreaterThan(0);
  }
});

test.each([
  { values: [-5, 2, 3, -1, 4, -10], best: { value: 8, from: 1, to: 5 } },
  { values: [1, 2, 3], best: { value: 6, from: 0, to: 3 } },
  { values: [5, -6, 5.5, -0.1, 1], best: { value: 6.4, from: 2, to: 5 } },
  { values: [-1, -2], best: { value: 0, from: 0, to: 0 } },
])('the best interval of $values is [$best.from, $best.to)', ({ values, best }) => {
  const found = bestInterval(values);
  expect(found.value).toBeCloseTo(best.value, 12);
  expect([found.from, found.to]).toEqual([best.from, best.to]);
});
