import type { Sentences } from '../tell.ts';

/** What will go wrong with a campaign: its design, its audience, its supplies (app/campaigns/lint). */
export const LINT_DESIGN: Sentences = {
  // Audience
  'no user with a valid warning is meant today': '今天没有带有效预警的目标用户',
  'import warnings, or widen segments, reasons and filter': '请导入预警，或放宽分群、原因和筛选条件',
  'the audience is {users, number} today, above the maximum of {max, number}: the wave would wait for a person':
    '今天的受众为 {users} 人，超过上限 {max}：波次会等待人工审批',
  'raise max, or narrow the audience': '提高 max，或缩小受众',
  'none of the {users, number} users in the audience has a score that the policy treats':
    '受众中的 {users} 位用户没有一人的分数在触达范围内',
  'lower lo': '降低 lo',
  'no user of the audience comes to {action} today': '今天受众中没有用户会到达 {action}',
  'check its when and reasons, and the actions before it': '请检查其 when 和 reasons，以及排在它前面的动作',
  '{other, name} may want the same users, and both have priority {priority, number}':
    '{other} 可能需要相同的用户，且两者的优先级都是 {priority}',
  'give the one that should win the higher priority, or narrow segments, reasons or filter':
    '请给应当优先的活动更高的优先级，或缩小分群、原因或筛选条件',

  // Design
  'nobody is held out, so nobody can tell what the campaign brings': '没有留出任何人，因此无法得知活动带来了什么',
  'hold out 0.05 to 0.2': '请留出 0.05 至 0.2',
  '{inside, number} is outside 0.80 to 0.95': '{inside} 不在 0.80 至 0.95 之内',
  'use 0.9': '请使用 0.9',
  'with {outside, number} the thresholds have too little to learn from': '{outside} 会使阈值学习的数据太少',
  'use 0.02 to 0.1': '请使用 0.02 至 0.1',
  'who reaches the goal ({event}) does not count as back, and gets follow-ups':
    '达成目标（{event}）的用户不算回归，仍会收到跟进消息',
  'add {event, name}': '请添加 {event}',
  '{kind, name} does not suit the reason {reason, name}: {why, phrase}': '{kind} 不适合原因 {reason}：{why}',
  'who waits for help takes an offer as an insult': '等待帮助的用户会把优惠当作冒犯',
  'who finds it too dear does not need to be taught': '嫌贵的用户不需要教程',
  'who is stuck needs help first': '卡住的用户首先需要帮助',
  'who can not go on needs power or advice': '无法继续的用户需要助力或建议',
  'who has seen it all needs something new': '内容已看完的用户需要新内容',
  'who stopped at paying needs help to pay': '在付款时离开的用户需要付款帮助',
  'take {reason, name} out, or choose another kind': '删除 {reason}，或换一种动作',
  "name the action's reasons without {reason}": '写明该动作的原因，不含 {reason}',
  'nobody comes to {action}: {first, name} before it takes everybody':
    '没有人会到达 {action}：排在前面的 {first} 会接收所有人',
  'give {first, name} a when or reasons, or put it last': '为 {first} 添加 when 或 reasons，或将其放到最后',
  'nobody comes to {action}: none of its reasons is in audience.reasons':
    '没有人会到达 {action}：其原因都不在 audience.reasons 中',
  'add the reasons to the audience': '将这些原因加入受众',
  'a transactional message carries no offer: with one it is advertising, and caps and consent hold':
    '交易类消息不带优惠：带优惠即为广告，须遵守频次上限和授权',
  'write category: winback, or take the offer out': '请写 category: winback，或删除优惠',
  'no hour of the day is allowed for {channel, phrase} by both the campaign and the company':
    '活动与公司的规则合在一起，{channel}一天中没有可发送的时段',
  "overlap the company's {from} to {to}": '请与公司的 {from} 至 {to} 有重叠',
  'make from and to differ': '使 from 与 to 不同',
  '{action} is a coupon, and no arm of it has a pool of codes': '{action} 是优惠券，但没有一个组指定券池',
  "add offer: '{ pool: … }' to an arm, or choose another kind": "为某个组添加 offer: '{ pool: … }'，或换一种动作",

  // Learning
  'add costs.margin: the share of revenue that is margin': '添加 costs.margin：收入中的毛利比例',
  'add costs.margin: what one goal event earns': '添加 costs.margin：一次目标事件的收益',
  'without costs.margin nothing is known about value, so learning.mode auto can move nothing':
    '没有 costs.margin 就无从得知价值，因此 learning.mode auto 无法移动任何阈值',
  'without costs.margin results show no money, and thresholds have no value to learn from':
    '没有 costs.margin，结果不显示金额，阈值也没有可学习的价值',
  '{score, number} lies inside one of the {bands, number} score bands that learning moves by':
    '{score} 位于学习所用的 {bands} 个分数段之一的内部',
  'use {low, number} or {high, number}': '请使用 {low} 或 {high}',
  '{arms, number} arms of {action} with at least {floor, number} each are more than all':
    '{action} 的 {arms} 个组各至少 {floor}，合计超过全部',

  // Names
  'the data have no segment {name}': '数据中没有分群 {name}',
  'the data have no reason {name}': '数据中没有原因 {name}',
  'the data have no warning model {name}': '数据中没有预警模型 {name}',
  'the data have no type of event {name}': '数据中没有事件类型 {name}',
  'the data have {names, list}': '数据中有 {names}',
  'no user has attributes yet, so the names in the filters could not be checked':
    '还没有用户属性，无法检查筛选条件中的名称',
  'recallwave import users FILE, and lint again': {
    en: 'import users under Imports, and look again',
    'zh-CN': '请在“导入”中导入用户，然后重新检查',
  },

  // Power
  "how many days it takes to see an effect can't be told: no base rate of {event} is known":
    '无法得知多少天能看出效果：{event} 的基准比率未知',
  "how many days it takes to see an effect can't be told: no base rate or no amounts of {event} are known":
    '无法得知多少天能看出效果：{event} 的基准比率或金额未知',
  'add goal.baseRate, or import past warnings and events': '请添加 goal.baseRate，或导入以往的预警和事件',
  'widen the audience, give its arms more equal shares, or accept a larger minLift (a year can show {lift, percent})':
    '请扩大受众，使各组份额更均衡，或接受更大的 minLift（一年可以看出 {lift}）',
  'widen the audience, give its arms more equal shares, or accept a larger minLift':
    '请扩大受众，使各组份额更均衡，或接受更大的 minLift',
  '{action, name}: a lift of {lift, percent} on {base, phrase} ({arm} against {against, phrase}) needs {needed, phrase} entries; with {today, number} today and {perDay, number} a day: {when, phrase}':
    '{action}：要看出在{base}的基础上提升 {lift}（{arm} 对比{against}），需要 {needed} 次进入；今天有 {today} 次、每天 {perDay} 次：{when}',
  'revenue, {base, percent}': '收入 {base}',
  '{base, percent}': ' {base} ',
  holdout: '留出组',
  'more than all': '超过全部',
  '{entries, number}': '{entries}',
  'it would never be seen': '永远看不出',
  'about {days, number} days': '约 {days} 天',
  '{actions, list}: {key, name} can hardly pass within a year, which keeps the verdict open: {action} takes about {needed, number} entries and has {has, number}, {share, percent} of them in {group, phrase}':
    '{actions}：{key} 在一年内很难通过，结论因此悬而未决：{action} 约需 {needed} 次进入，现有 {has} 次，其中 {share} 在{group}',
  'give the holdout a larger share, widen the audience, or accept a larger margin':
    '请加大留出组的份额，扩大受众，或接受更大的界限',
  'give {group} a larger share, widen the audience, or accept a larger margin':
    '请加大 {group} 的份额，扩大受众，或接受更大的界限',

  // Supplies
  'there is no coupon pool {pool}': '没有券池 {pool}',
  'recallwave import coupons FILE, or add codePrefix: … to have its codes made': {
    en: 'import coupons under Imports, or add codePrefix: … to have its codes made',
    'zh-CN': '请在“导入”中导入券码，或添加 codePrefix: … 以生成券码',
  },
  'the pool {pool} holds imported codes, so none are made': '券池 {pool} 中是导入的券码，不会另行生成',
  'take codePrefix out, or name another pool': '删除 codePrefix，或使用另一个券池',
  "the pool {pool} has {free, number} free codes; today's wave would take about {codes, number}":
    '券池 {pool} 剩余 {free} 个券码；今天的波次约需 {codes} 个',
  'import more codes': '请导入更多券码',
  "today's wave would reserve about {cost}, left of the budget is {left}": '今天的波次约需预留 {cost}，预算剩余 {left}',
  "today's wave would reserve about {cost}, the budget of a wave is {limit}":
    '今天的波次约需预留 {cost}，单个波次的预算为 {limit}',
  'raise it, or narrow the audience': '请提高预算，或缩小受众',
  'the budget of one wave is larger than that of the whole campaign': '单个波次的预算大于整个活动的预算',
  'lower it': '请降低',
};
