import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Db } from '../db/connect.ts';
import { countEngagedKillSwitches, countWavesByState } from '../db/queries/gauges.ts';
import type { Metrics } from '../domain/metrics.ts';
import { WAVE_STATES } from '../domain/words.ts';

/** The process's metrics: counted by activities, shown by the API's /metrics. */
export interface WorkerMetrics extends Metrics {
  readonly contentType: string;
  /** Prometheus text; the gauges are read from the database at each scrape. */
  render(): Promise<string>;
  observeActivity(by: { activity: string; result: 'ok' | 'error' }, seconds: number): void;
}

/** Metrics in a registry of their own, so that a process may hold several workers (tests). */
export function createMetrics(db: Db): WorkerMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const messages = new Counter({
    name: 'recallwave_messages_total',
    help: 'Messages by channel and the state they reached',
    labelNames: ['channel', 'state'],
    registers,
  });
  const claims = new Counter({
    name: 'recallwave_claims_total',
    help: 'Messages claimed for sending',
    labelNames: ['channel'],
    registers,
  });
  const intents = new Counter({
    name: 'recallwave_intents_total',
    help: 'Intents by channel, committed or refused by the last re-check',
    labelNames: ['channel', 'granted'],
    registers,
  });
  const activities = new Histogram({
    name: 'recallwave_activity_seconds',
    help: 'Duration of activities in seconds',
    labelNames: ['activity', 'result'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers,
  });
  for (const gauge of gauges(db)) registry.registerMetric(gauge);
  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    countMessages: (by, count) => messages.inc(by, count),
    countClaims: (channel, count) => claims.inc({ channel }, count),
    countIntents: ({ channel, granted }, count) => intents.inc({ channel, granted: String(granted) }, count),
    observeActivity: (by, seconds) => activities.observe(by, seconds),
  };
}

/** Built without a registry: the default one is shared by the whole process. */
function gauges(db: Db): Gauge[] {
  const waves = new Gauge({
    name: 'recallwave_waves',
    help: 'Waves by state',
    labelNames: ['state'],
    registers: [],
    async collect() {
      const counts = await countWavesByState(db);
      for (const state of WAVE_STATES) this.set({ state }, counts[state] ?? 0);
    },
  });
  const killSwitches = new Gauge({
    name: 'recallwave_kill_switches_engaged',
    help: 'Kill switches in force: global and per campaign',
    labelNames: ['scope'],
    registers: [],
    async collect() {
      const engaged = await countEngagedKillSwitches(db);
      this.set({ scope: 'global' }, engaged.global);
      this.set({ scope: 'campaign' }, engaged.campaign);
    },
  });
  return [waves, killSwitches];
}
