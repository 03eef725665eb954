import { RecallwaveError } from '../../domain/failures.ts';

/** Somebody saved another revision; null: the draft is gone. */
export function draftChanged(current: { revision: number; editor: string | null } | null): RecallwaveError {
  if (current === null) {
    return new RecallwaveError(
      'WaveRefused',
      'the draft was published or discarded meanwhile',
      'look at the campaign with `recallwave draft show CAMPAIGN` and begin from there',
    );
  }
  return new RecallwaveError(
    'WaveRefused',
    `${current.editor ?? 'somebody'} saved revision ${current.revision} meanwhile; nothing was written`,
    'look at it with `recallwave draft show CAMPAIGN --source`, and do it again over that revision',
  );
}

/** Who wrote a draft does not approve it (rule 8). */
export function ownDraft(role: string): RecallwaveError {
  return new RecallwaveError(
    'WaveRefused',
    `you are the ${role} of this draft: somebody else has to approve it`,
    'ask another operator or admin',
  );
}

/** No approval stands. */
export function unapproved(campaignId: string): RecallwaveError {
  return new RecallwaveError(
    'WaveRefused',
    'no approval stands for this draft: none was given, or a change voided it',
    `have it approved by somebody who did not write it: recallwave draft approve ${campaignId} --max-audience N`,
  );
}

/** Another version came into force since the approval. */
export function overtaken(version: number): RecallwaveError {
  return new RecallwaveError(
    'WaveRefused',
    `version ${version} came into force after the approval, which is void now; nothing was published`,
    'compare the draft with that version, and have it approved again',
  );
}
