import type { Sentences } from '../tell.ts';

/** What a reader should know besides the figures (experiments/read/notes.ts), and how far goals are. */
export const READ_NOTES: Sentences = {
  'Verdicts rest on always-valid intervals: reading every day does not make a false one likelier.':
    '结论以随时有效的区间为依据：每天查看也不会更容易得出错误结论。',
  '{arms, number} arms are judged, so each verdict uses a level of {level} (Bonferroni).':
    '共评判 {arms} 个组，因此每个结论采用 {level} 的置信水平（Bonferroni）。',
  'p of the {metrics, number} secondary metrics are corrected among each other (Holm).':
    '{metrics} 个次要指标的 p 值已相互校正（Holm）。',
  'The {slices, number} slices by {dimension, phrase} are for exploring: their p are corrected among each other (Benjamini–Hochberg), and they decide nothing.':
    '按{dimension}切分的 {slices} 个部分仅供探索：其 p 值已相互校正（Benjamini–Hochberg），不用于下结论。',
  segment: '分群',
  reason: '原因',
  channel: '渠道',
  version: '版本',
  day: '日期',
  "{name} against {other, phrase}: probabilities of assignment changed, so it is compared within {strata, number} strata of equal probability and weighted by their sizes (AIPW with the strata's means); the plain rates of the groups mix them.":
    '{name} 对比{other}：分配概率有过变化，因此在概率相同的 {strata} 个层内比较，并按各层人数加权（采用层均值的 AIPW）；各组的原始比率是混合的。',
  '{name} against {other, phrase}: {entries, number} entries came at times when one of the two had no chance; they are left out.':
    '{name} 对比{other}：{entries} 次进入发生在其中一方没有机会的时候，未计入。',
  '{name} gets no new entries: the newest ones had no chance of it.': '{name} 没有新的进入：最新的进入没有机会分到它。',
  '{entries, number} entries of {days, number} days are left out: their outcome window of {window, number} days is still open.':
    '来自 {days} 个日期的 {entries} 次进入未计入：其 {window} 天的结果窗口尚未结束。',
  '{entries, number} entries of the exploration band count for thresholds, not here.':
    '探索带的 {entries} 次进入用于阈值学习，不计入这里。',
  'Recorded data: an experiment that was run elsewhere; its assignments are taken as they were given.':
    '记录数据：在别处进行的实验，其分配按所给的采用。',
  'Its file has no probabilities: those of the campaign file are assumed, and the sample-ratio check is against them.':
    '其文件没有概率：采用活动文件中的概率，各组人数也据此核对。',
  '{events, number} events in other currencies than {currency} are not counted.':
    '{events} 个非 {currency} 币种的事件未计入。',
  "{events, number} goal events came in the day before their user's entry; they don't count. Many of them tell of a wrong clock.":
    '{events} 个目标事件发生在用户进入前一天内，不计入。数量多说明时钟有误。',
  "{amounts, number} amounts ({metrics, words}) were cut at one cap for all groups, the 99.9th percentile of those above zero, so that single ones don't decide.":
    '{amounts} 个金额（{metrics}）按各组统一的上限截断（大于零金额的第 99.9 百分位），以免个别值左右结论。',
  'No event has come in yet: are outcomes being imported?': '还没有任何事件：结果数据在导入吗？',
  'The newest event is {days, number} days older than this read: are outcomes still being imported?':
    '最新的事件比这次读数早 {days} 天：结果数据还在导入吗？',

  '{goal}, {from, name} to {to, name}: {came, number} of {target, number}, {gone, percent} of the {period, phrase} gone, {standing, phrase}':
    '{goal}，{from} 至 {to}：{came} / {target}，{period}已过 {gone}，{standing}',
  '{goal}, {from, name} to {to, name}: {came, number} of {target, number}, {standing, phrase}':
    '{goal}，{from} 至 {to}：{came} / {target}，{standing}',
  week: '本周',
  month: '本月',
  quarter: '本季度',
  year: '本年',
  reached: '已达成',
  'on track': '进度正常',
  behind: '落后',
  missed: '未达成',
};
