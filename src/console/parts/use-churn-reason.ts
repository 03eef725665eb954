import { useGlossary } from './use-glossary.ts';

/** Says why a model thinks that somebody leaves; a reason of a model's own is shown without its underscores. */
export function useChurnReason(): (code: string) => string {
  const say = useGlossary();
  return (code) => {
    const words = say('churnReason', code);
    return words === code ? code.replaceAll('_', ' ') : words;
  };
}
