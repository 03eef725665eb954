import type { Sentences } from '../tell.ts';

/** Learning cycles: proposals, why nothing moves, freezes, notes (policy/thresholds, learning). */
export const THRESHOLDS: Sentences = {
  'no scores': '无分数',
  'scores from {lo, number} to {hi, number}': '分数 {lo} 至 {hi}',
  'scores from {lo, number}': '分数 {lo} 及以上',

  // Proposals
  'Treat {to, scores} instead of {from, scores} ({whose}): {treated, number} treated and {heldOut, number} held-out entries there, with their neighbours, say {delta} a week [{low}, {high}], a gain with a chance of {chance, percent}.':
    '改为触达{to}，而不是{from}（{whose}）：依据该处及相邻分段的 {treated} 次触达和 {heldOut} 次留出，每周收益 {delta} [{low}, {high}]，收益为正的概率为 {chance}。',
  'About {people, number} more people a week are contacted, which costs about {cost} a week.':
    '每周约多触达 {people} 人，每周成本约 {cost}。',
  'About {people, number} fewer people a week are contacted, which saves about {cost} a week.':
    '每周约少触达 {people} 人，每周节省约 {cost}。',
  'Retreat to {to, scores} from {from, scores} ({whose}): {why, phrases}. A guardrail asks for no proof of loss.':
    '从{from}退至{to}（{whose}）：{why}。护栏不要求先证明有损失。',
  'The chance to be treated follows the chance of a gain in each band; the thresholds stay.':
    '各分段的触达概率随其收益为正的概率而定；阈值不变。',
  'New shares of the arms of {action}: {shares, phrase}.': '{action} 各组的新份额：{shares}。',
  '{arm, name} {share, percent} (best with a chance of {chance, percent})': '{arm} {share}（最优的概率为 {chance}）',
  '{arm, name} {share, percent} (best with a chance of {chance, percent}), {more, phrase}':
    '{arm} {share}（最优的概率为 {chance}），{more}',

  // Why no step
  'No step would be a gain: the likeliest, treating {to, scores} instead of {from, scores}, has a chance of {chance, percent}.':
    '没有哪一步会带来收益：最有可能的一步（触达{to}，而不是{from}）收益为正的概率为 {chance}。',
  'Not enough evidence: the likeliest step, treating {to, scores} instead of {from, scores}, is a gain with a chance of {chance, percent}; {needed, percent} are needed.':
    '依据不足：最有可能的一步（触达{to}，而不是{from}）收益为正的概率为 {chance}；需要 {needed}。',
  'Not enough evidence: the likeliest step, treating {to, scores} instead of {from, scores}, is a gain with a chance of {chance, percent}, but only by what its neighbours say; its own entries say otherwise.':
    '依据不足：最有可能的一步（触达{to}，而不是{from}）收益为正的概率为 {chance}，但只是依据相邻分段；其自身的数据并不支持。',
  'Not enough evidence: the likeliest step, treating {to, scores} instead of {from, scores}, is a gain with a chance of {chance, percent}, but mostly by what its neighbours say; it needs {needed, number} treated and as many held-out entries of its own and has {own, number} on the smaller side.':
    '依据不足：最有可能的一步（触达{to}，而不是{from}）收益为正的概率为 {chance}，但主要依据相邻分段；它自身需要触达与留出各 {needed} 次进入，目前较少的一方为 {own} 次。',
  "The week's budget is spent on people of better value per cost: the likeliest step, treating {to, scores} instead of {from, scores}, is a gain with a chance of {chance, percent}.":
    '每周预算已用于单位成本价值更高的用户：最有可能的一步（触达{to}，而不是{from}）收益为正的概率为 {chance}。',
  'A guardrail is inferior all the same: {harms, phrases}.': '同时有护栏未通过：{harms}。',
  'Nobody is treated any more, and nothing is extended.': '已不再触达任何人，也不会扩大范围。',
  'No band has mature entries on both sides, treated and held out: nothing to learn from yet.':
    '没有哪个分段在触达与留出两方都有窗口已结束的进入：暂时没有可学习的数据。',
  'The bounds of the file leave no step.': '活动文件的界限内没有可走的一步。',
  'at least {share, percent} more of the treated unsubscribe than of the held out (margin {margin, percent})':
    '触达用户的退订率至少比留出用户高 {share}（界限 {margin}）',
  'at least {share, percent} more of the treated complain than of the held out (margin {margin, percent})':
    '触达用户的投诉率至少比留出用户高 {share}（界限 {margin}）',

  // Shares of arms
  '{action} has fewer than two arms to choose from.': '{action} 可选的组少于两个。',
  'Shares of the arms stay: each needs {entries, number} mature entries first.':
    '各组份额不变：每组先要有 {entries} 次窗口已结束的进入。',
  'Shares of the arms stay: they fit what is known.': '各组份额不变：与目前所知相符。',

  // Freezes
  'Learning is off for {segment}.': '{segment} 的学习已关闭。',
  'Its interval moved {since, number} weeks ago; what that did is known after {weeks, number}.':
    '其区间在 {since} 周前移动过；效果要在 {weeks} 周后才知道。',
  'Nobody was held out: there is nobody to compare the treated with.': '没有人被留出：没有可与触达用户对比的人。',
  '{actor, name} froze the campaign on {date, name}: {reason}.': '{actor} 于 {date} 冻结了整个活动：{reason}。',
  '{actor, name} froze segment {segment} on {date, name}: {reason}.':
    '{actor} 于 {date} 冻结了分群 {segment}：{reason}。',
  'Since {date, name}: {alarm, phrase}': '自 {date} 起：{alarm}',
  'No event has ever come in.': '从未收到任何事件。',
  'The newest event is {days, number} days old ({at}), more than {limit, number}: outcomes are missing.':
    '最新的事件已是 {days} 天前（{at}），超过 {limit} 天：结果数据缺失。',
  '{entries, number} entries of {action} are past their outcome window of {days, number} days; {needed, number} are needed.':
    '{action} 有 {entries} 次进入的 {days} 天结果窗口已结束；需要 {needed} 次。',
  'Nobody was held out of {action}: there is nothing to compare with.': '{action} 没有留出任何人：没有可对比的用户。',
  'Nobody was treated with {action}: there is nothing to compare with.': '{action} 没有触达任何人：没有可对比的用户。',
  'No entry of {action} has passed its outcome window of {days, number} days since the last cycle, which stands.':
    '自上个周期以来，{action} 没有进入记录结束 {days} 天的结果窗口；上个周期的结论仍然有效。',

  // Notes of a cycle
  'Better left alone in {segment}, {action}: {ranges, phrase}.': '{segment}、{action} 中不打扰更好的：{ranges}。',
  '{range, scores} ({loss} lost per treated entry)': '{range}（每次触达损失 {loss}）',
  '{range, scores} ({loss} lost per treated entry), {more, phrase}': '{range}（每次触达损失 {loss}），{more}',
  'Too few orders on both sides to test whether treatment changes what an order is worth ({orders, number} of {needed, number}), or orders are all worth the same: net value is taken apart into rates and the worth of an order.':
    '双方订单太少（{orders} / {needed}），无法检验触达是否改变每单价值，或订单价值都相同：净值按转化率与每单价值分开估计。',
  'Treatment leaves the worth of an order alone as far as can be seen ({change}): net value is taken apart into rates and the worth of an order.':
    '就目前所见，触达没有改变每单价值（{change}）：净值按转化率与每单价值分开估计。',
  'Treatment changes what an order is worth ({change}): net values are compared as they are, which needs more entries.':
    '触达改变了每单价值（{change}）：直接比较净值，这需要更多进入。',
  'The goal is worth nothing: the campaign sets no costs.margin, or 0, or revenue is not above 0. Net value is unknown, so that no threshold moves for it; guardrails still count.':
    '目标没有价值：活动没有设置 costs.margin，或为 0，或收入不大于 0。净值未知，因此阈值不会据此移动；护栏仍然有效。',
  'Nobody has reached the goal yet, treated or held out: what that is worth is unknown, so that no threshold moves for it; guardrails still count.':
    '触达与留出的用户都还没有人达成目标：其价值未知，因此阈值不会据此移动；护栏仍然有效。',

  // Ledger and switches
  'cycle {cycle, number} looked again': '第 {cycle} 个周期重新评估',
  'proposal {proposal, number} applied: {reason, phrase}': '提案 {proposal} 已生效：{reason}',
  'proposal {proposal, number} reverted: {reason, phrase}': '提案 {proposal} 已撤回：{reason}',
  'initial policy of version {version, number}': '版本 {version} 的初始策略',
  'reset to the file of version {version, number}': '重置为版本 {version} 的文件内容',
  'the arms changed in version {version, number}': '版本 {version} 中各组有变化',

  // Changes along the results
  'version {version, number} was published': '版本 {version} 已发布',
  '{policy, name} from {lo, number} to {hi, number}: {reason, phrase}': '{policy} 从 {lo} 至 {hi}：{reason}',
  'learning of {segment, name} was frozen: {reason}': '{segment} 的学习已冻结：{reason}',
  'learning of {segment, name} was thawed: {reason}': '{segment} 的学习已解冻：{reason}',
  'learning of {segment, name} set to off: {reason}': '{segment} 的学习设为关闭：{reason}',
  'learning of {segment, name} set to suggest: {reason}': '{segment} 的学习设为建议：{reason}',
  'learning of {segment, name} set to auto: {reason}': '{segment} 的学习设为自动：{reason}',
  'kill switch: {reason}': '总开关：{reason}',
  'kill switch released': '总开关已解除',
};
