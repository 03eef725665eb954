import { describe, expect, it } from 'vitest';
import { compilePattern, fill, piecesOf } from '../../src/app/languages/pattern.ts';
import { CATALOGUES, told } from '../../src/app/languages/told.ts';

const SENTENCES = Object.entries(CATALOGUES).flatMap(([catalogue, sentences]) =>
  Object.entries(sentences).map(([english, meant]) => ({
    catalogue,
    english,
    chinese: typeof meant === 'string' ? meant : meant['zh-CN'],
    console: typeof meant === 'string' ? null : meant.en,
  })),
);

const SAMPLES: Record<string, string> = {
  text: 'zzq',
  name: 'zzq',
  number: '12',
  percent: '12 %',
  sign: '+',
  word: 'zzq',
  words: 'zzq',
  scores: 'scores from 0.50',
  phrase: 'the control',
  phrases: 'the control',
  list: 'zzq',
};

const TOLD: Record<string, string> = { phrase: '对照组', phrases: '对照组', scores: '分数 0.50 及以上' };

function names(message: string): string[] {
  return piecesOf(message)
    .flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name]))
    .toSorted();
}

/** What a text says outside of names, paths and code. */
function words(message: string): string {
  const literals = piecesOf(message).filter((piece) => typeof piece === 'string');
  return literals.join('\n').replaceAll(/“[^”]*”|\{\{.*?\}\}|"[^"]*"|\bdocs\/\S+|iconv .*|[\w.]+\([^)]*\)/g, '');
}

describe('the catalogues of sentences', () => {
  it('have the same placeholders in both languages', () => {
    const odd = SENTENCES.filter(({ english, chinese, console }) => {
      // What a command names need not be said to who looks at the screen that it stands for.
      return names(chinese).join() !== names(console ?? english).join();
    });
    expect(odd).toEqual([]);
  });

  it('hold no English sentence on the Chinese side', () => {
    const odd = SENTENCES.filter(({ chinese }) => /[A-Za-z']+ [A-Za-z']+ [A-Za-z']+/.test(words(chinese)));
    expect(odd.map(({ chinese }) => chinese)).toEqual([]);
  });

  it('name no command to who looks at the console', () => {
    const odd = SENTENCES.filter((one) => /\brecallwave [a-z]/.test(`${one.console ?? one.english} ${one.chinese}`));
    expect(odd.map(({ english }) => english)).toEqual([]);
  });

  it('tell a sentence that two of them know alike', () => {
    const chineseOf = new Map(SENTENCES.map(({ english, chinese }) => [english, chinese]));
    expect(SENTENCES.filter(({ english, chinese }) => chineseOf.get(english) !== chinese)).toEqual([]);
  });

  it('read each sentence by its own pattern, not by one that fits as well', () => {
    const odd = SENTENCES.flatMap(({ english, chinese }) => {
      const values = new Map<string, string>();
      const toldValues = new Map<string, string>();
      for (const { name, kind } of compilePattern(english).placeholders) {
        const sample = SAMPLES[kind] ?? '';
        values.set(name, sample);
        toldValues.set(name, TOLD[kind] ?? sample);
      }
      const found = told(fill(english, values), 'zh-CN');
      const meant = fill(chinese, toldValues).replaceAll(/(\d) %/g, '$1%');
      return found.replaceAll(/\s/g, '') === meant.replaceAll(/\s/g, '') ? [] : [{ english, found, meant }];
    });
    expect(odd).toEqual([]);
  });
});

describe('a sentence', () => {
  it('comes back as it is in English, and where nobody knows it', () => {
    expect(told('Nobody was held out of help: there is nothing to compare with.', 'en')).toBe(
      'Nobody was held out of help: there is nothing to compare with.',
    );
    expect(told('Bosses want this one stopped.', 'zh-CN')).toBe('Bosses want this one stopped.');
  });

  it('keeps the names that people gave', () => {
    expect(told('Nobody was held out of nobody was held out of: there is nothing to compare with.', 'zh-CN')).toBe(
      'nobody was held out of 没有留出任何人：没有可对比的用户。',
    );
  });

  it('is told with the sentences inside it, and with those after it', () => {
    const english =
      "Can't tell: Groups of help don't have the sizes that chance would give (p < 0.0001; a 1,200 for 1,000, holdout 80 for 280 expected); nothing can be trusted until that is explained.";
    expect(told(english, 'zh-CN')).toBe(
      '无法判断：help 各组人数与随机分配应有的不符（p < 0.0001；预期对照：a 实际 1,200、预期 1,000，holdout 实际 80、预期 280）；在查明原因之前，一切结果都不可信。',
    );
    expect(
      told(
        'No event has ever come in. 70 entries of a are past their outcome window of 14 days; 100 are needed.',
        'zh-CN',
      ),
    ).toBe('从未收到任何事件。a 有 70 次进入的 14 天结果窗口已结束；需要 100 次。');
  });

  it('that names a command names what the console offers instead', () => {
    expect(told('see: recallwave wave list', 'en')).toBe('look at the list of waves');
    expect(told('see: recallwave wave list', 'zh-CN')).toBe('请查看波次列表');
  });
});
