import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { Draft, DraftTexts, SavedDraft } from '../../../../api/v1/schemas/drafts.ts';
import { send } from '../../../app/api-client.ts';
import { asProblem, type ApiProblem } from '../../../app/api-problem.ts';
import { useAction, type Action } from '../../../app/use-action.ts';
import { useData } from '../../../app/use-data.ts';
import { campaignPath, draftPath } from '../campaign-paths.ts';
import { useTyped } from './use-typed.ts';

const LOOK_EVERY_MS = 15_000;

/** A draft as it is saved, and what is typed over it. */
export interface DraftWork {
  saved: UseQueryResult<Draft, ApiProblem>;
  /** Typed or, where nothing is, saved; null until it is there. */
  texts: DraftTexts | null;
  typed: boolean;
  /** Somebody saved, published or discarded since the typing began: this is there now. */
  meanwhile: Draft | null;
  change(texts: DraftTexts): void;
  /** Throws away what is typed. */
  dropTyped(): void;
  /** Keeps what is typed, over what is there now. */
  overTheirs(): void;
  save: Action<void>;
}

/** The draft of a campaign to read and to edit; saves with If-Match, and never loses what was typed. */
export function useDraft(campaignId: string): DraftWork {
  const t = useTranslations('campaigns');
  const client = useQueryClient();
  const path = draftPath(campaignId);
  const saved = useData<Draft>(path, { every: LOOK_EVERY_MS });
  const [typed, setTyped] = useTyped(campaignId);
  const latest = useRef(typed);
  latest.current = typed;
  const revision = saved.data?.revision ?? 0;

  const save = useAction({
    run: async (): Promise<SavedDraft> => {
      const { revision: begunFrom, ...texts } = latest.current ?? { revision, source: '', files: {} };
      try {
        const headers = { 'if-match': `"${begunFrom}"` };
        const { data } = await send<SavedDraft>('PUT', path, { body: texts, headers });
        afterSave(texts, data);
        return data;
      } catch (error) {
        if (asProblem(error).status === 412) await saved.refetch();
        throw error;
      }
    },
    done: t('savedNote'),
    refresh: [campaignPath(campaignId), '/v1/home'],
  });

  /** What was typed while the save was on its way stays, over the new revision. */
  function afterSave(sent: DraftTexts, now: SavedDraft): void {
    client.setQueryData([path, {}], now);
    const rest = latest.current;
    const more = rest !== null && JSON.stringify({ source: rest.source, files: rest.files }) !== JSON.stringify(sent);
    setTyped(more ? { ...rest, revision: now.revision } : null);
  }

  return {
    saved,
    texts: typed ?? saved.data ?? null,
    typed: typed !== null,
    meanwhile: typed !== null && saved.data !== undefined && typed.revision !== revision ? saved.data : null,
    change: ({ source, files }) => setTyped({ source, files, revision: latest.current?.revision ?? revision }),
    dropTyped: () => {
      save.forget();
      setTyped(null);
    },
    overTheirs: () => {
      save.forget();
      if (typed) setTyped({ ...typed, revision });
    },
    save,
  };
}
