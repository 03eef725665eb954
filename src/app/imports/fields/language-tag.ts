import { remembered, type Checked } from './field.ts';

/** Creates a check of BCP 47 tags; the canonical spelling is stored, and an underscore is taken for a hyphen. */
export function createLocaleCheck(): (text: string) => Checked<string> {
  return remembered((text) => {
    try {
      const [canonical] = Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'));
      if (canonical !== undefined && canonical.split('-')[0]!.length <= 3) return { value: canonical };
    } catch {
      // Intl throws for what is no tag; the answer is the same as for a word that only looks like one.
    }
    return { reason: 'no BCP 47 language tag: write one such as zh-CN or en' };
  });
}
