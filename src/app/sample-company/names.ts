import type { Chance } from './random.ts';

const FAMILY =
  '王 wang,李 li,张 zhang,刘 liu,陈 chen,杨 yang,黄 huang,赵 zhao,吴 wu,周 zhou,徐 xu,孙 sun,马 ma,朱 zhu,胡 hu,林 lin,郭 guo,何 he,高 gao,罗 luo'.split(
    ',',
  );
const GIVEN =
  '伟 wei,芳 fang,娜 na,敏 min,静 jing,丽 li,强 qiang,磊 lei,洋 yang,艳 yan,勇 yong,军 jun,杰 jie,涛 tao,明 ming,超 chao,秀英 xiuying,霞 xia,平 ping,子涵 zihan,浩然 haoran,欣怡 xinyi,雨桐 yutong,梓萱 zixuan'.split(
    ',',
  );
const FIRST =
  'Emma,Liam,Olivia,Noah,Ava,Lucas,Mia,Ethan,Sophie,Jack,Hannah,Leon,Clara,Felix,Yuki,Haruto,Aoi,Ren,Chloe,Oliver,Zoe,Daniel,Grace,Samuel,Ruby,Max'.split(
    ',',
  );
const LAST =
  "Smith,Johnson,Brown,Miller,Davis,Wilson,Taylor,Clark,Müller,Schmidt,Fischer,Weber,Tanaka,Suzuki,Sato,Evans,Hughes,Walker,Wright,O'Brien,Campbell,Kelly,Martin,Cooper".split(
    ',',
  );

/** A name as a person writes it, and what goes before the @. */
export interface PersonName {
  name: string;
  mailbox: string;
}

/** A name in the person's language. */
export function pickName(chance: Chance, locale: 'zh-CN' | 'en'): PersonName {
  if (locale === 'zh-CN') {
    const [family = '', familyLatin = ''] = chance.pick(FAMILY).split(' ');
    const [given = '', givenLatin = ''] = chance.pick(GIVEN).split(' ');
    return { name: family + given, mailbox: `${givenLatin}.${familyLatin}` };
  }
  const first = chance.pick(FIRST);
  const last = chance.pick(LAST);
  const latin = last.replace('ü', 'ue').replace("'", '').toLowerCase();
  return { name: `${first} ${last}`, mailbox: `${first.toLowerCase()}.${latin}` };
}
