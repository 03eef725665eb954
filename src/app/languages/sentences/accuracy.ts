import type { Sentences } from '../tell.ts';

/** How right the warnings were (experiments/accuracy). */
export const ACCURACY: Sentences = {
  'Nothing to judge yet: the outcome windows of all {entries, number} held-out entries are still open.':
    '暂时无法评判：全部 {entries} 次留出进入的结果窗口都未结束。',
  'Nothing to judge: nobody was held out. A holdout above 0 in the campaign file, or the global holdout, is what warnings are judged on.':
    '无法评判：没有留出任何人。预警以活动文件中大于 0 的 holdout 或全局留出来评判。',
  '{parts, phrases}.': '{parts}。',
  'Of {entries, number} held-out entries {left, number} left ({share, percent})':
    '{entries} 次留出进入中有 {left} 次流失（{share}）',
  'of those a warning calls, {share, percent} did': '被预警判定会流失的，有 {share} 确实流失',
  'of those who left, {share, percent} had been called': '流失的人中，有 {share} 曾被预警判定',
  'one who left has the higher score in {share, percent} of pairs': '两两比较时，流失者分数更高的占 {share}',
  'Judged on people who were randomly not treated (holdout and global holdout): treatment would hide the warnings that were right. "Left" means none of the campaign\'s return events within its outcome window.':
    '以随机未触达的人（活动留出与全局留出）评判：触达会掩盖正确的预警。“流失”指在结果窗口内没有活动的任何回归事件。',
  'Only people who passed the ladder (consent, caps, reachable …) and whose score lay in the range that the policy enters are in it: recall is among them, not among all users, and people below that range are not judged.':
    '只含通过各项检查（授权、频次上限、可触达等）且分数在策略范围内的人：召回率是针对这些人，而不是所有用户；低于该范围的人未被评判。',
  'A user who entered several times counts each time, so intervals are a little too narrow.':
    '多次进入的用户每次都计入，因此区间略窄。',
  'Scores are too extreme (slope {slope, number}): high ones promise too much, low ones too little.':
    '分数过于极端（斜率 {slope}）：高分偏高，低分偏低。',
  'Scores are too timid (slope {slope, number}): they differ less than people do.':
    '分数过于保守（斜率 {slope}）：差异小于人群的实际差异。',
  '{entries, number} held-out entries are left out: their outcome window is still open.':
    '{entries} 次留出进入未计入：其结果窗口尚未结束。',
  '{entries, number} held-out entries of recorded experiments are left out: their files have no return events.':
    '来自记录实验的 {entries} 次留出进入未计入：其文件没有回归事件。',
  'To {entries, number} of these entries another campaign wrote within the window; some may have come back for that.':
    '其中 {entries} 次进入在窗口内收到过其他活动的消息；部分人可能因此回归。',
  'no recall and no AUC: everybody came back, so there is nobody to tell apart':
    '没有召回率和 AUC：所有人都回归了，无从区分',
  'no precision: no score is at or above the threshold in force': '没有精确率：没有分数达到当前阈值',
  'no AUC: nobody came back, so there is nobody to tell apart': '没有 AUC：没有人回归，无从区分',
  'no held-out entry whose outcome window is over': '没有结果窗口已结束的留出进入',
  'every score is the same: they rank nobody': '所有分数都相同：无法排序',
  'too few to rely on: {left, number} left and {back, number} came back; at least {least, number} of each are wanted':
    '人数太少，不足为据：{left} 人流失，{back} 人回归；各至少需要 {least} 人',
  'no calibration slope: the scores part those who left from those who came back completely':
    '没有校准斜率：分数将流失者与回归者完全分开',
  "Whether they change can't be told: no week has {least, number} who left and {same, number} who came back.":
    '无法判断是否有变化：没有哪一周有 {least} 人流失且 {same} 人回归。',
  "Whether they change can't be told: no month has {least, number} who left and {same, number} who came back.":
    '无法判断是否有变化：没有哪个月有 {least} 人流失且 {same} 人回归。',
  "Whether they change can't be told yet: it takes two weeks with {least, number} who left and {same, number} who came back.":
    '暂时无法判断是否有变化：需要两周各有 {least} 人流失且 {same} 人回归。',
  "Whether they change can't be told yet: it takes two months with {least, number} who left and {same, number} who came back.":
    '暂时无法判断是否有变化：需要两个月各有 {least} 人流失且 {same} 人回归。',
  'In the week from {date, name} the warnings are as before, as far as {entries, number} entries can tell.':
    '自 {date} 起的一周，就 {entries} 次进入所见，预警与之前一样。',
  'In the month from {date, name} the warnings are as before, as far as {entries, number} entries can tell.':
    '自 {date} 起的一个月，就 {entries} 次进入所见，预警与之前一样。',
  'In the week from {date, name} the warnings have changed: {changes, phrases}.':
    '自 {date} 起的一周，预警有变化：{changes}。',
  'In the month from {date, name} the warnings have changed: {changes, phrases}.':
    '自 {date} 起的一个月，预警有变化：{changes}。',
  'A threshold that moved changes which scores enter, and with them the AUC.':
    '阈值移动会改变进入的分数范围，AUC 也随之改变。',
  '{change, phrase} (p {p})': '{change}（p {p}）',
  'scores rank worse than before: AUC {now, number} against {before, number}':
    '分数的排序能力变差：AUC {now}，之前 {before}',
  'scores rank better than before: AUC {now, number} against {before, number}':
    '分数的排序能力变好：AUC {now}，之前 {before}',
  'scores miss the share that left by {now, number} points, before by {before, number} points':
    '分数与实际流失率相差 {now} 个百分点，之前相差 {before} 个百分点',
  'scores are spread otherwise than before: stability index {index, number}': '分数分布与之前不同：稳定性指数 {index}',
  'scores are spread much as before: stability index {index, number}': '分数分布与之前相近：稳定性指数 {index}',
};
