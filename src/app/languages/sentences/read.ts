import type { Sentences } from '../tell.ts';

/** The read of a campaign: verdicts, guardrails, sizes of the groups, course over days (experiments/read). */
export const READ: Sentences = {
  'the control': '对照组',
  'the held-out': '留出组',
  control: '对照组',
  'revenue per entry': '人均收入',
  'refunds per entry': '人均退款',
  'net value per entry': '人均净值',
  unsubscribe: '退订',
  complaint: '投诉',
  returned: '回归',
  purchase: '购买',

  // Effects
  '{metric, word} {value, number} points [{low, number}, {high, number}]': '{metric} {value} 个百分点 [{low}, {high}]',
  '{metric, word} {value, number} {currency, name} [{low, number}, {high, number}]':
    '{metric} {value} {currency} [{low}, {high}]',
  '{effect, phrase} over {other, phrase} ({arm} against {against}), net value unknown':
    '与{other}相比，{effect}（{arm} 对比 {against}），净值未知',
  '{effect, phrase} over {other, phrase} ({arm} against {against}), net value {value, number} {currency, name} [{low, number}, {high, number}] per entry, {total} so far':
    '与{other}相比，{effect}（{arm} 对比 {against}），每次进入的净值 {value} {currency} [{low}, {high}]，至今共 {total}',

  // Verdicts
  'Ship {arm}: {outcome, phrase}.': '推广 {arm}：{outcome}。',
  'Stop {arm}: {outcome, phrase}.': '停止 {arm}：{outcome}。',
  'Stop {arm}: {harm, phrase}; {outcome, phrase}.': '停止 {arm}：{harm}；{outcome}。',
  'Ship {arm}: {outcome, phrase}; of {arms, number} arms to ship this one is worth most.':
    '推广 {arm}：{outcome}；{arms} 个可推广的组中，它最有价值。',
  'Stop {arm}: {outcome, phrase}; all {arms, number} arms stop.': '停止 {arm}：{outcome}；{arms} 个组全部停止。',
  'Stop {arm}: {harm, phrase}; {outcome, phrase}; all {arms, number} arms stop.':
    '停止 {arm}：{harm}；{outcome}；{arms} 个组全部停止。',
  'Keep running {arm} (about {days, number} more day): {why, phrase}.': '继续运行 {arm}（约还需 {days} 天）：{why}。',
  'Keep running {arm} (about {days, number} more days): {why, phrase}.': '继续运行 {arm}（约还需 {days} 天）：{why}。',
  'Keep running {arm} (about {days, number} more day): {why, phrase}; of {arms, number} open arms this one will be known first.':
    '继续运行 {arm}（约还需 {days} 天）：{why}；{arms} 个未定的组中，它最先有结论。',
  'Keep running {arm} (about {days, number} more days): {why, phrase}; of {arms, number} open arms this one will be known first.':
    '继续运行 {arm}（约还需 {days} 天）：{why}；{arms} 个未定的组中，它最先有结论。',
  "Can't tell {arm}: {why, phrase}, and {ahead, phrase}.": '无法判断 {arm}：{why}，而且{ahead}。',
  "Can't tell {arm}: {why, phrase}, and {ahead, phrase}; {arms, number} arms can't be told.":
    '无法判断 {arm}：{why}，而且{ahead}；共有 {arms} 个组无法判断。',
  "Can't tell: {why, phrase}.": '无法判断：{why}。',
  "Can't tell: {why, phrase}; {arms, number} arms can't be told.": '无法判断：{why}；共有 {arms} 个组无法判断。',
  '{outcome, phrase}, which can still be chance': '{outcome}，仍可能是偶然',
  '{outcome, phrase}, which is not what it was at first': '{outcome}，与最初所见已不同',
  '{outcome, phrase}, but {harm, phrase}': '{outcome}，但{harm}',
  "it won't be known from the entries that still come until the campaign ends on {date}":
    '到活动于 {date} 结束前，尚会进入的用户不足以得出结论',
  'it would take more than a year to know': '要一年以上才能得知',
  'no new entries come in': '没有新的用户进入',
  'there is nobody to compare arm {arm} with; hold some people out (holdout above 0) or add a control arm':
    '没有可与 {arm} 组对比的用户；请留出一部分用户（holdout 大于 0），或增加对照组',
  'nobody had a chance of both arm {arm} and {other, phrase}': '没有人既可能分到 {arm} 组又可能分到{other}',
  'nobody has entered an arm of this campaign': '还没有人进入本活动的任何组',
  'nobody has entered arm {arm}': '还没有人进入 {arm} 组',
  'nobody whose outcome window of {days, number} days is over is in an arm of this campaign; it is still open for {entries, number} entries':
    '本活动各组中还没有人的 {days} 天结果窗口已结束；另有 {entries} 次进入的窗口仍未结束',
  'nobody whose outcome window of {days, number} days is over is in arm {arm}; it is still open for {entries, number} entries':
    '{arm} 组中还没有人的 {days} 天结果窗口已结束；另有 {entries} 次进入的窗口仍未结束',
  'the outcome window of {days, number} days is still open for all {entries, number} entries; the first matures on {date}':
    '全部 {entries} 次进入的 {days} 天结果窗口均未结束；最早的在 {date} 结束',
  'arm {arm} has {entries, number} mature entries and {other, phrase} {against, number}; at least {least, number} of each are needed':
    '{arm} 组有 {entries} 次窗口已结束的进入，{other}有 {against} 次；各至少需要 {least} 次',
  'nobody reached the goal ({goal, word}), in arm {arm} as in {other, phrase}, so there is no difference to judge':
    '{arm} 组与{other}都没有人达成目标（{goal}），没有差异可以评判',
  'everybody reached the goal ({goal, word}), in arm {arm} as in {other, phrase}, so there is no difference to judge':
    '{arm} 组与{other}所有人都达成了目标（{goal}），没有差异可以评判',
  '{metric, word} has no spread to judge by': '{metric}没有波动，无从评判',

  // Guardrails
  "{metric, word} can't be judged yet": '{metric}暂时无法评判',
  '{effect, phrase} where {margin} more is tolerated': '{effect}，容许最多高出 {margin}',
  '{metric, word}: none on either side.': '{metric}：双方均没有。',
  '{metric, word}: not judged, it is not measured here or has no margin.':
    '{metric}：未评判，这里没有测量，或没有设定界限。',
  '{metric, word}: {why, phrase}.': '{metric}：{why}。',
  'too few entries to judge': '进入人数太少，无法评判',
  '{effect, phrase} against {other, phrase}; shown, not judged: no margin is set.':
    '与{other}相比，{effect}；仅供查看，未评判：没有设定界限。',
  '{effect, phrase} against {other, phrase}: surely under the {margin} that is tolerated.':
    '与{other}相比，{effect}：肯定低于容许的 {margin}。',
  '{effect, phrase} against {other, phrase}: more than the {margin} that is tolerated.':
    '与{other}相比，{effect}：超过容许的 {margin}。',
  '{effect, phrase} against {other, phrase}: may be more than the {margin} that is tolerated, which is no pass.':
    '与{other}相比，{effect}：可能超过容许的 {margin}，不算通过。',
  // The same as a guardrail of a threshold, without its full stop.
  '{effect, phrase} against {other, phrase}: more than the {margin} that is tolerated':
    '与{other}相比，{effect}：超过容许的 {margin}',

  // Why there is no answer
  'slices are for exploring: no always-valid interval': '切分仅供探索：没有随时有效的区间',
  'no entry had a chance of both arm {arm} and {other, phrase}': '没有任何进入既可能分到 {arm} 组又可能分到{other}',
  'nobody with a whole outcome window is in arm {arm}': '{arm} 组中还没有人的结果窗口已结束',
  'nobody with a whole outcome window is in {other, phrase}': '{other}中还没有人的结果窗口已结束',
  'too few entries, or no amount differs: {metric, word} has no spread to judge by':
    '进入人数太少，或金额都相同：{metric}没有波动，无从评判',
  'no relative lift: {metric, word} of {other, phrase} is not above zero': '没有相对提升：{other}的{metric}不大于零',
  'always-valid intervals of amounts need {least, number} entries with an amount on either side; there are {entries, number}':
    '金额的随时有效区间要求双方各有 {least} 次有金额的进入；目前为 {entries} 次',
  'nobody is in it yet': '这里还没有人',
  'one entry has no spread': '只有一次进入，没有波动',
  'all entries have the same amount: no spread to judge by': '所有进入的金额都相同：没有波动，无从评判',
  'net value needs what a goal event is worth: set costs.margin in the campaign file':
    '净值需要知道一次目标事件的价值：请在活动文件中设置 costs.margin',

  // Sizes of the groups
  'Groups of {action}: {groups, list} has entries though nobody could fall there; nothing can be trusted until that is explained.':
    '{action} 的分组：{groups} 中有进入记录，但本不可能有人分到那里；在查明原因之前，一切结果都不可信。',
  'Groups of {action}: {groups, list} have entries though nobody could fall there; nothing can be trusted until that is explained.':
    '{action} 的分组：{groups} 中有进入记录，但本不可能有人分到那里；在查明原因之前，一切结果都不可信。',
  "Groups of {action} don't have the sizes that chance would give ({p}; {sizes, phrase} expected); nothing can be trusted until that is explained.":
    '{action} 各组人数与随机分配应有的不符（{p}；预期对照：{sizes}）；在查明原因之前，一切结果都不可信。',
  '{group, name} {observed, number} for {expected, number}': '{group} 实际 {observed}、预期 {expected}',
  '{group, name} {observed, number} for {expected, number}, {more, phrase}':
    '{group} 实际 {observed}、预期 {expected}，{more}',
  'Groups of {action}: too few entries to check their sizes.': '{action} 的分组：进入人数太少，无法核对各组人数。',
  'Groups of {action} have the sizes that chance would give ({p}).': '{action} 各组人数与随机分配应有的相符（{p}）。',
  // The same inside another sentence.
  "Groups of {action} don't have the sizes that chance would give ({p}; {sizes, phrase} expected); nothing can be trusted until that is explained":
    '{action} 各组人数与随机分配应有的不符（{p}；预期对照：{sizes}）；在查明原因之前，一切结果都不可信',
  'Groups of {action}: {groups, list} has entries though nobody could fall there; nothing can be trusted until that is explained':
    '{action} 的分组：{groups} 中有进入记录，但本不可能有人分到那里；在查明原因之前，一切结果都不可信',
  'Groups of {action}: {groups, list} have entries though nobody could fall there; nothing can be trusted until that is explained':
    '{action} 的分组：{groups} 中有进入记录，但本不可能有人分到那里；在查明原因之前，一切结果都不可信',

  // Over the days since the entry
  'No entries to follow over the days since their entry.': '没有可以按进入后天数跟踪的进入记录。',
  'No goal events with a time to follow.': '没有带时间、可以跟踪的目标事件。',
  'A window of one day has no course to follow.': '一天的窗口没有变化过程可看。',
  'No change of the effect with the days since the entry can be seen.': '看不出效果随进入后的天数有变化。',
  'Steady: the effect is there by day {half, number} and holds to day {days, number}.':
    '稳定：效果到第 {half} 天已出现，并保持到第 {days} 天。',
  'Grows: the effect comes only after day {half, number}.': '增强：效果在第 {half} 天之后才出现。',
  'Grows: after day {half, number} the difference from {other, phrase} still gets larger.':
    '增强：第 {half} 天之后，与{other}的差异仍在扩大。',
  'Wears off: after day {half, number} part of the difference from {other, phrase} is taken back.':
    '减退：第 {half} 天之后，与{other}的部分差异又消失了。',
};
