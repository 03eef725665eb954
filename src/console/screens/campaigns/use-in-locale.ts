import { useViewer } from '../../app/viewer.tsx';

/** Picks the text in the viewer's language; else the English one, else any. */
export function useInLocale(): (texts: Readonly<Record<string, string>>) => string | undefined {
  const { locale } = useViewer();
  return (texts) => texts[locale] ?? texts['en'] ?? Object.values(texts)[0];
}
