import { createContext, useContext } from 'react';
import { atLeast, type Role } from '../../domain/roles.ts';
import type { Me } from '../../api/v1/schemas/session.ts';
import type { ConsoleLocale } from '../words/words.ts';

/** Who looks at the pages, and how they want to see them. */
export interface Viewer {
  person: Me;
  locale: ConsoleLocale;
  timeZone: string;
  chooseLocale(locale: ConsoleLocale): void;
  chooseZone(zone: string): void;
  /** After the own account was changed. */
  change(person: Me): void;
}

const ViewerContext = createContext<Viewer | null>(null);
/** Tells the pages below who looks. */
export const ViewerProvider = ViewerContext.Provider;

/** Who looks at this page. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('outside of ViewerProvider');
  return viewer;
}

/** True where the viewer has at least the role: what they may not do isn't shown. */
export function useMay(role: Role): boolean {
  return atLeast(useViewer().person.role, role);
}
