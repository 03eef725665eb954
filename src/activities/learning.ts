import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import { loadVersion } from '../db/queries/campaigns.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { runLearningCycle, type LearningCycle } from '../learning/learn-thresholds.ts';
import type { LearningActivities, LearningCounts } from './contract.ts';
import { startPulse } from './pulse.ts';

export interface LearningDeps {
  db: Knex;
  /** Tells operators of new alarms (rule 17); absent in tests that have none. Never throws. */
  tellOperators?: () => Promise<void>;
}

/** The learning activities over a database; see LearningActivities for what each does. */
export function createLearningActivities({ db, tellOperators }: LearningDeps): LearningActivities {
  return {
    async runLearningCycle({ campaignId, asOf, actor }) {
      const pulse = startPulse();
      try {
        const state = (await loadVersion(db, { campaignId }))?.state ?? 'unknown';
        if (state !== 'active') return refused(`the campaign is ${state}`);
        const cycle = await runLearningCycle({ db, campaignId, asOf: new Date(asOf), trigger: 'schedule', actor });
        await tellOperators?.();
        return counted(cycle);
      } catch (error) {
        if (error instanceof RecallwaveError) throw ApplicationFailure.nonRetryable(error.message, error.type);
        throw error;
      } finally {
        pulse.stop();
      }
    },
  };
}

function refused(reason: string): LearningCounts {
  const nothing = { policies: 0, frozen: 0, proposals: 0, applied: 0 };
  return { disposition: 'refused', reason, cycleNo: null, readNo: null, ...nothing };
}

function counted(cycle: LearningCycle): LearningCounts {
  const { policies } = cycle.result;
  return {
    disposition: cycle.found ? 'found' : 'ran',
    reason: null,
    cycleNo: cycle.cycleNo,
    readNo: cycle.readNo,
    policies: policies.length,
    frozen: policies.filter((policy) => policy.freezes.length > 0).length,
    proposals: cycle.proposals.length,
    applied: cycle.applied.length,
  };
}
