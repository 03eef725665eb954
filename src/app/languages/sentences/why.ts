import type { Sentences } from '../tell.ts';

/** The way of a user through a wave, rung by rung (app/why). */
export const WHY: Sentences = {
  // The answer
  'not contacted: {why, phrase}': '未触达：{why}',
  'planned, but without a message': '已规划，但没有消息',
  'message {no, number} by {channel, phrase}: {state, phrase}': '消息 {no}（{channel}）：{state}',
  email: '邮件',
  sms: '短信',
  push: '推送',
  task: '任务',

  // Rungs that were passed
  'warned at {at} by model {model}: score {score, number}, segment {segment}, reasons {reasons, list}; valid until {until}':
    '于 {at} 由模型 {model} 预警：分数 {score}，分群 {segment}，原因 {reasons}；有效至 {until}',
  'warned at {at} by model {model}: score {score, number}, segment {segment}, reasons {reasons, list} and, by a survey, {answers}; valid until {until}':
    '于 {at} 由模型 {model} 预警：分数 {score}，分群 {segment}，原因 {reasons}，以及问卷回答 {answers}；有效至 {until}',
  'no entry in the way: entry {n, number} of this campaign let a new one in from {at}':
    '没有阻碍的进入记录：本活动的第 {n} 次进入自 {at} 起允许再次进入',
  'no entry in the way: the first one in this campaign': '没有阻碍的进入记录：首次进入本活动',
  'action {action} fits': '动作 {action} 合适',
  'score {score, number} lies in the exploration band beside {interval} of {policy, phrase}':
    '分数 {score} 位于 {interval} 旁的探索带（{policy}）',
  'score {score, number} lies in {interval} of {policy, phrase}': '分数 {score} 在 {interval} 内（{policy}）',
  'all other segments, policy version {version, number}': '其他所有分群，策略版本 {version}',
  'segment {segment}, policy version {version, number}': '分群 {segment}，策略版本 {version}',
  'consent and an address for at least one of {channels, list}': '{channels} 中至少一个渠道有授权和地址',
  'not suppressed on every channel': '未在所有渠道被屏蔽',
  'had not come back since the warning': '预警后没有自行回归',
  'no campaign of higher priority wanted this user that day': '当天没有优先级更高的活动需要此用户',
  'channel {channel, phrase}: the first of the step that is open to this user':
    '渠道：{channel}，本步骤中对此用户可用的第一个',
  'no cap holds for this message': '没有适用于此消息的频次上限',
  'within the caps: {caps, phrase}': '未超频次上限：{caps}',
  '{cap, name} had {used, number} of {max, number} per {per, name}': '{cap} 每 {per} 已用 {used} / {max}',
  '{cap, name} had {used, number} of {max, number} per {per, name}, {more, phrase}':
    '{cap} 每 {per} 已用 {used} / {max}，{more}',
  '{cap, name} had {used, number} of {max, number} per {per, name} and {more, phrase}':
    '{cap} 每 {per} 已用 {used} / {max}，{more}',
  'allowed hours: planned for {at} (no time zone is known, but the channel is open at any hour)':
    '可发送时段：计划于 {at}（时区未知，但该渠道任何时间都可发送）',
  'allowed hours: planned for {at} (zone {zone})': '可发送时段：计划于 {at}（时区 {zone}）',
  'budget: {cost, number} minor units reserved': '预算：已预留 {cost} 个最小货币单位',
  'a code of pool {pool} was reserved': '已从券池 {pool} 预留一个券码',

  // Chance
  'no draw was made': '没有进行抽取',
  'chance: global holdout {global, percent}: drawn · campaign holdout {holdout, percent} · treated with {treated, percent}':
    '随机分配：全局留出 {global}（抽中）· 活动留出 {holdout} · 触达概率 {treated}',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent}: drawn · treated with {treated, percent}':
    '随机分配：全局留出 {global} · 活动留出 {holdout}（抽中）· 触达概率 {treated}',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent} · treated with {treated, percent}: not drawn':
    '随机分配：全局留出 {global} · 活动留出 {holdout} · 触达概率 {treated}（未抽中）',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent} · treated with {treated, percent}':
    '随机分配：全局留出 {global} · 活动留出 {holdout} · 触达概率 {treated}',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent} · treated with {treated, percent} · arm {arm} with {share, percent}':
    '随机分配：全局留出 {global} · 活动留出 {holdout} · 触达概率 {treated} · {arm} 组概率 {share}',
  'chance: global holdout {global, percent}: drawn · campaign holdout {holdout, percent} · treated with {treated, percent} · arm {arm} with {share, percent}':
    '随机分配：全局留出 {global}（抽中）· 活动留出 {holdout} · 触达概率 {treated} · {arm} 组概率 {share}',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent}: drawn · treated with {treated, percent} · arm {arm} with {share, percent}':
    '随机分配：全局留出 {global} · 活动留出 {holdout}（抽中）· 触达概率 {treated} · {arm} 组概率 {share}',
  'chance: global holdout {global, percent} · campaign holdout {holdout, percent} · treated with {treated, percent}: not drawn · arm {arm} with {share, percent}':
    '随机分配：全局留出 {global} · 活动留出 {holdout} · 触达概率 {treated}（未抽中）· {arm} 组概率 {share}',

  // Where a way ended
  'no reason was stored': '没有记录原因',
  "the warning ran out at {until}, before the wave's decision at {at}": '预警于 {until} 过期，早于波次的决定时间 {at}',
  'entry {n, number} of this campaign (wave {wave, number}) is still open: its outcome window ends at {at}':
    '本活动的第 {n} 次进入（波次 {wave}）尚未结束：其结果窗口于 {at} 结束',
  'an entry of this campaign is still open': '本活动有一次进入尚未结束',
  'entry {n, number} of this campaign ended at {end}; a new one may open from {at}':
    '本活动的第 {n} 次进入已于 {end} 结束；自 {at} 起可再次进入',
  'the gap after the last entry of this campaign is not over': '距本活动上次进入的间隔尚未结束',
  'no action of the campaign fits: none of their conditions (when, reasons) holds':
    '活动中没有合适的动作：各动作的条件（when、reasons）都不成立',
  'no policy covers this segment and action': '没有覆盖此分群与动作的策略',
  'score {score, number} is below the threshold {lo, number} of {policy, phrase}; the exploration band begins at {from, number}':
    '分数 {score} 低于阈值 {lo}（{policy}）；探索带从 {from} 开始',
  'score {score, number} is below the threshold {lo, number} of {policy, phrase}':
    '分数 {score} 低于阈值 {lo}（{policy}）',
  'score {score, number} is above the interval {interval} of {policy, phrase}':
    '分数 {score} 高于区间 {interval}（{policy}）',
  'the score is above the interval of its policy': '分数高于其策略的区间',
  'no consent to any of {channels, list}': '{channels} 均没有授权',
  'consented, but there is no address for any of {channels, list}': '已授权，但 {channels} 均没有地址',
  suppressed: '已被屏蔽',
  'suppressed on {channel, name} since {at} ({reason})': '自 {at} 起在 {channel} 被屏蔽（{reason}）',
  'suppressed on {channel, name} since {at} ({reason}), {more, phrase}':
    '自 {at} 起在 {channel} 被屏蔽（{reason}），{more}',
  'suppressed on {channel, name} since {at} ({reason}) and {more, phrase}':
    '自 {at} 起在 {channel} 被屏蔽（{reason}），{more}',
  'had come back already: {event, phrase}': '已自行回归：{event}',
  'event {type} at {at}': '事件 {type}，于 {at}',
  'an event': '一个事件',
  'campaign {campaign}, of higher priority, wanted this user the same day':
    '优先级更高的活动 {campaign} 当天也需要此用户',
  'held out of everything: in the global holdout of {share, percent}': '所有活动均留出：在 {share} 的全局留出组中',
  "held out: in the campaign's holdout of {share, percent}": '留出：在 {share} 的活动留出组中',
  'held out: chance said no, the probability to be treated was {share, percent}':
    '留出：随机未抽中，触达概率为 {share}',
  'arm {arm} is a control that gets nothing': '{arm} 组是不发送的对照组',
  'wants no messages of the category {category, name}, on whatever channel': '不接收任何渠道的 {category} 类消息',
  'no channel of the step is open: each lacks consent or address, or is suppressed':
    '本步骤没有可用渠道：每个渠道都缺少授权或地址，或已被屏蔽',
  'the arm has no such step': '该组没有这个步骤',
  'frequency cap reached: {use, phrase}': '达到频次上限：{use}',
  'frequency cap {cap, name} was reached': '达到频次上限 {cap}',
  'the smallest gap between two messages ({gaps, list}) was not over': '两条消息之间的最小间隔（{gaps}）尚未结束',
  'the last message was of the same kind, and the campaign does not repeat a kind':
    '上一条消息属于同一类型，而本活动不重复同一类型',
  'no time zone is known and the settings name no default: nobody is sent to blind':
    '时区未知，设置中也没有默认时区：不会盲目发送',
  'time zone "{zone}" is none, and the settings name no default: nobody is sent to blind':
    '“{zone}”不是有效时区，设置中也没有默认时区：不会盲目发送',
  'no allowed hour comes before the message would be stale ({after})': '在消息失效（{after}）之前没有可发送的时段',
  'the budget of the campaign or of the wave was used up': '活动或波次的预算已用完',
  'the coupon pool had no free code left': '券池中没有剩余券码',
  'has a code of this campaign already: one per person and campaign': '已有本活动的券码：每人每活动一个',
  'would have stopped here: {rung, phrase}': '本会在此停下：{rung}',
  'open entry': '已在活动中',
  'quiet hours': '免打扰时段',
  suppression: '屏蔽',
  priority: '优先级',
  caps: '频次上限',
  budget: '预算',
  coupon: '优惠券',
};
