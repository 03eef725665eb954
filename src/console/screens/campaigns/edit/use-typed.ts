import { useEffect, useState } from 'react';
import type { DraftTexts } from '../../../../api/v1/schemas/drafts.ts';
import { useViewer } from '../../../app/viewer.tsx';

/** Texts that aren't saved, and the revision that they were begun from. */
export interface Typed extends DraftTexts {
  revision: number;
}

/** What is typed into a draft: it outlives other tabs of the page, and a reload. Only the viewer's, only in this window. */
export function useTyped(campaignId: string): [Typed | null, (typed: Typed | null) => void] {
  const { person } = useViewer();
  const place = `recallwave-draft:${person.login}:${campaignId}`;
  const [typed, setTyped] = useState<Typed | null>(() => readTyped(place));
  useEffect(() => keepTyped(place, typed), [place, typed]);
  return [typed, setTyped];
}

function readTyped(place: string): Typed | null {
  const kept = sessionStorage.getItem(place);
  return kept === null ? null : (JSON.parse(kept) as Typed);
}

function keepTyped(place: string, typed: Typed | null): void {
  sessionStorage.removeItem(place);
  if (!typed) return;
  try {
    sessionStorage.setItem(place, JSON.stringify(typed));
  } catch {
    // Larger than the browser keeps, and than the API takes: it stays in the page alone.
  }
}
