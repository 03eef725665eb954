import type { Sentences } from '../tell.ts';

/** Why something can't be done, and what to do instead (app); a fix that names a command says in `en` what the console offers. */
export const REFUSALS: Sentences = {
  // Names
  'there is no campaign {campaign, name}': '没有活动 {campaign}',
  'there is no wave {wave, name}': '没有波次 {wave}',
  'there is no user {user}': '没有用户 {user}',
  'there is no read {read, name}': '没有读数 {read}',
  'there is no message {message, name}': '没有消息 {message}',
  'there is no task {task, number}': '没有任务 {task}',
  'there is no proposal {proposal, number}': '没有提案 {proposal}',
  'there is no import {no, number}': '没有导入 {no}',
  'there is no webhook {no, number}': '没有 webhook {no}',
  'there is no person {no, number}': '没有人员 {no}',
  'there is no run {run, name}': '没有运行 {run}',
  'there is no version {version, number} of {campaign, name}': '{campaign} 没有版本 {version}',
  'there is no playbook {playbook}': '没有模板 {playbook}',
  'there is no key "{key}"': '没有密钥“{key}”',
  'there is no channel or provider "{name}"': '没有渠道或服务商“{name}”',
  'there is no {channel, phrase} message {id, name} in the inbox': '收件箱中没有 {channel} 消息 {id}',
  'there is no Schedule for {campaign, name}': '{campaign} 没有定时计划',
  '{campaign, name} has no version {version, number}': '{campaign} 没有版本 {version}',
  'campaign {campaign, name} has no version': '活动 {campaign} 没有版本',
  'campaign {campaign, name} has no published version': '活动 {campaign} 没有已发布的版本',
  'campaign {campaign, name} has no segment "{segment}"': '活动 {campaign} 没有分群“{segment}”',
  'there are: {names, list}': '可用的有：{names}',
  'look at the list of campaigns': '请查看活动列表',
  'see the list of waves': '请查看波次列表',
  'see the list of people': '请查看人员列表',
  'see the list of imports': '请查看导入列表',
  'see the list of webhooks': '请查看 webhook 列表',
  'see the reads of a campaign': '请查看活动的读数',
  'see the versions on its page': '请在其页面查看版本',
  'see its versions in the history': '请在历史中查看其版本',
  'runs are named by the answer that started them': '运行的名称在启动时的应答中',
  'the newest are kept: look at the list': '只保留最新的：请查看列表',
  'begin one from a playbook, or look at the list of campaigns': '请从模板新建，或查看活动列表',
  'name one of {names, list}': '请使用 {names} 之一',
  'name a wave by its number, as campaign/date, or by its campaign; the latest: {waves, list}':
    '请用编号、活动/日期或活动名指定波次；最近的有：{waves}',
  'see the names with: recallwave campaign list': { en: 'look at the list of campaigns', 'zh-CN': '请查看活动列表' },
  'see: recallwave wave list': { en: 'look at the list of waves', 'zh-CN': '请查看波次列表' },
  'see `recallwave wave list`': { en: 'look at the list of waves', 'zh-CN': '请查看波次列表' },
  'see them with: recallwave key list': { en: 'look at the list of keys', 'zh-CN': '请查看密钥列表' },
  'see the numbers with `recallwave task list`': { en: 'look at the list of tasks', 'zh-CN': '请查看任务列表' },
  'apply its file first': { en: 'publish the campaign first', 'zh-CN': '请先发布该活动' },
  'apply it with `recallwave campaign apply FILE`': { en: 'publish the campaign', 'zh-CN': '请发布该活动' },
  'apply one with `recallwave campaign apply FILE`': {
    en: 'begin a campaign from a playbook and publish it',
    'zh-CN': '请从模板新建活动并发布',
  },
  'no wave has run yet; start one with `recallwave wave run CAMPAIGN`': {
    en: 'no wave has run yet; start one under Waves',
    'zh-CN': '还没有运行过波次；请在“波次”中启动',
  },
  'no wave of {campaign, name} has run yet': '{campaign} 还没有运行过波次',
  'no wave has run yet': '还没有运行过波次',
  'start one with `recallwave wave run {campaign, name}`, or try it out with `recallwave wave rehearse`': {
    en: 'start one under Waves, or rehearse it there',
    'zh-CN': '请在“波次”中启动，或先演练',
  },
  'import users with `recallwave import users FILE`; ids are case-sensitive': {
    en: 'import users under Imports; ids are case-sensitive',
    'zh-CN': '请在“导入”中导入用户；用户 ID 区分大小写',
  },
  'see the reads of a campaign with `recallwave results CAMPAIGN --list`': {
    en: 'look at the reads of the campaign under Results',
    'zh-CN': '请在“结果”中查看活动的读数',
  },
  'see them with `recallwave unknown list`': { en: 'look at the messages of the wave', 'zh-CN': '请查看波次的消息' },
  "see the numbers of a user's messages with `recallwave why USER` or `recallwave user show USER`": {
    en: 'find the user, and the numbers of his messages there',
    'zh-CN': '请查找该用户，其页面上有消息编号',
  },
  'see the names with: recallwave schedule list; make it with: recallwave campaign apply FILE': {
    en: 'publish the campaign once more: that makes its schedule',
    'zh-CN': '请重新发布该活动：发布时会创建定时计划',
  },
  'publish it with: recallwave campaign apply FILE': { en: 'publish the campaign first', 'zh-CN': '请先发布该活动' },

  // Waves and messages
  'wave {wave, number} does not wait for approval: it is {state, phrase}': '波次 {wave} 不在等待审批：目前{state}',
  'nothing is to be approved; look at the wave': '没有需要审批的内容；请查看该波次',
  'wave {wave, number} is over ({state, phrase})': '波次 {wave} 已结束（{state}）',
  'only a wave that is planning, sending, following up, paused or halted can be changed':
    '只有规划中、发送中、跟进中、已暂停或已自动停止的波次可以更改',
  'no worker answers; the wave is started and goes on once one runs': '没有执行程序响应；波次已启动，待其运行后继续',
  'start one: npm start': { en: 'ask the operators to start one', 'zh-CN': '请运营人员启动执行程序' },
  'start one: npm start, or recallwave worker where TEMPORAL_ADDRESS is set': {
    en: 'ask the operators to start one',
    'zh-CN': '请运营人员启动执行程序',
  },
  'mend the cause and run again: recallwave wave run': {
    en: 'mend the cause and run again',
    'zh-CN': '请排除原因后重新运行',
  },
  'Temporal does not answer': '调度服务（Temporal）没有响应',
  'check that it is running and try again': '请确认其正在运行后重试',
  'no Temporal server is set': '没有配置调度服务（Temporal）',
  'start one with: recallwave start': { en: 'ask the operators to start one', 'zh-CN': '请运营人员启动' },
  'this server opens no channels': '此服务器没有打开任何渠道',
  'start the whole with: recallwave start': {
    en: 'ask the operators to start all of it',
    'zh-CN': '请运营人员启动完整服务',
  },
  'message {no, number} is {state, phrase}, not UNKNOWN': '消息 {no} 的状态为{state}，而不是未知',
  'nothing is to be settled; see `recallwave receipt {no, number}`': {
    en: 'nothing is to be settled; look at message {no}',
    'zh-CN': '没有需要确认的内容；请查看消息 {no}',
  },
  PLANNED: '已规划',
  CLAIMED: '即将发送',
  SUBMITTING: '发送中',
  DEFERRED: '已推迟',
  ACCEPTED: '已接受',
  DELIVERED: '已送达',
  BOUNCED: '被退回',
  COMPLAINED: '被投诉',
  SUPPRESSED: '发送前拦截',
  FAILED: '失败',
  ASSUMED_SENT: '视为已发送',
  CANCELLED: '已取消',
  EXPIRED: '已过期',
  '"{id}" is neither a message number nor a delivery id': '“{id}”既不是消息编号也不是投递编号',
  'write a number such as 42, or an id such as 6f9f4a52-6f5a-5c8e-9a51-7d1d3c1f0a11':
    '请写编号（例如 42），或投递编号（例如 6f9f4a52-6f5a-5c8e-9a51-7d1d3c1f0a11）',
  'the Schedule of {campaign, name} was triggered but started nothing within 15 s':
    '已触发 {campaign} 的定时计划，但 15 秒内没有启动任何内容',
  'task {no, number} is {state, phrase}': '任务 {no} 目前{state}',
  'task {no, number} is {state, phrase} by {holder}': '任务 {no} 目前{state}（{holder}）',
  open: '待处理',
  claimed: '已领取',
  dropped: '已放弃',
  'only a task that is {from, phrase} can be {to, phrase}; the states are {states, list}':
    '只有{from}的任务可以变为{to}；状态有 {states}',
  'open or claimed': '待处理或已领取',
  'a kill switch is engaged: nothing is sent, test messages neither': '总开关已启用：不发送任何内容，测试消息也不发送',
  'look at the text with `recallwave campaign preview`; the switch is under `recallwave kill status`': {
    en: 'look at the text in the preview; the switch is on the home page',
    'zh-CN': '请在预览中查看文案；总开关在首页',
  },
  '{users, list}: test messages do not go to imported users': '{users}：测试消息不发给已导入的用户',
  'use addresses of your own people, or add --live if this user is one of them': {
    en: 'use addresses of your own people',
    'zh-CN': '请使用自己人员的地址',
  },
  'there is no recipient': '没有收件人',
  'name some with --to ADDRESS or --seeds FILE': { en: 'name an address', 'zh-CN': '请填写地址' },
  '{count, number} recipients are too many for a test': '{count} 个收件人对测试来说太多',
  'send it to at most {max, number}': '最多发给 {max} 个',

  // Thresholds and results
  'proposal {no, number} is not in force: {state}': '提案 {no} 未生效：{state}',
  'proposal {no, number} is decided on: {state}': '提案 {no} 已有决定：{state}',
  'only an applied one can be taken back; see `recallwave threshold history {campaign, name}`': {
    en: 'only an applied one can be taken back; look at the history of proposals',
    'zh-CN': '只有已生效的提案可以撤回；请查看提案历史',
  },
  'see a campaign’s with `recallwave threshold history CAMPAIGN`; make some with `recallwave threshold propose CAMPAIGN`':
    {
      en: 'look at the history of proposals, or run a cycle under Thresholds',
      'zh-CN': '请查看提案历史，或在“阈值”中运行一个周期',
    },
  'take it back with `recallwave threshold revert {no, number} --reason TEXT`': {
    en: 'take it back in the history of proposals',
    'zh-CN': '可在提案历史中撤回',
  },
  'look again with `recallwave threshold propose {campaign, name}`': {
    en: 'run a cycle of {campaign} now',
    'zh-CN': '请立即运行 {campaign} 的学习周期',
  },
  'see the newer ones with `recallwave threshold show {campaign, name}`': {
    en: 'look at the newer proposals of {campaign}',
    'zh-CN': '请查看 {campaign} 较新的提案',
  },
  'thresholds of {campaign, name} are frozen by {actor, name}: {reason}':
    '{campaign} 的阈值已由 {actor} 冻结：{reason}',
  'thresholds of {campaign, name}, segment {segment} are frozen by {actor, name}: {reason}':
    '{campaign} 分群 {segment} 的阈值已由 {actor} 冻结：{reason}',
  'thaw them with `recallwave threshold unfreeze {which} --reason TEXT`': {
    en: 'thaw them first',
    'zh-CN': '请先解冻',
  },
  'campaign {campaign, name} has no policy for action {action} any more': '活动 {campaign} 已没有动作 {action} 的策略',
  'the action went with a newer version; nothing is to be changed': '该动作在新版本中已删除；没有需要更改的内容',
  'the policy has moved on since proposal {no, number}: it saw {saw}, in force is {now}':
    '提案 {no} 之后策略已变化：提案依据 {saw}，当前生效的是 {now}',
  'proposal {no, number} can’t be taken back: version {version, number} in force changed the same numbers since':
    '提案 {no} 无法撤回：当前生效的版本 {version} 之后更改了相同的数值',
  "set the numbers by the campaign's file: `recallwave campaign apply FILE --reset-policy`": {
    en: "set the numbers in the campaign's file and publish it with its policy reset",
    'zh-CN': '请在活动文件中设置数值，并在发布时重置策略',
  },
  'take back the later one first: `recallwave threshold revert {no, number} --reason TEXT`': {
    en: 'take back proposal {no}, the later one, first',
    'zh-CN': '请先撤回较晚的提案 {no}',
  },
  'cycle {cycle, number} of {campaign, name} knew more: it looked as of {at, name}':
    '{campaign} 的第 {cycle} 个周期所知更多：其截至时间为 {at}',
  'leave --as-of away; look at an earlier time with `recallwave results CAMPAIGN --as-of TIME`': {
    en: 'leave the time away; look at an earlier one under Results',
    'zh-CN': '请不要指定时间；可在“结果”中查看更早的时间',
  },
  '{at, name} has not come yet: outcomes until then are missing': '{at} 尚未到来：缺少到那时的结果',
  'leave --as-of away to learn from what is known now': {
    en: 'leave the time away to learn from what is known now',
    'zh-CN': '请不要指定时间，按目前所知学习',
  },
  "--as-of {at, name} is ahead of the clock ({now, name}): what has not happened can't be read": {
    en: "{at} is ahead of the clock ({now}): what has not happened can't be read",
    'zh-CN': '{at} 晚于当前时间（{now}）：尚未发生的内容无法读取',
  },
  'leave it out for a read as of now, or name a time that has passed': '请不填以读取当前，或填写已过去的时间',
  "--as-of {at, name} is ahead of the clock ({now, name}): what has not happened can't be judged": {
    en: "{at} is ahead of the clock ({now}): what has not happened can't be judged",
    'zh-CN': '{at} 晚于当前时间（{now}）：尚未发生的内容无法评判',
  },
  'leave it out for now, or name a time that has passed': '请不填以采用当前，或填写已过去的时间',
  '{from, name} to {to, name} is no period of up to {days, number} days': '{from} 至 {to} 不是 {days} 天以内的时段',
  'name the earlier date first, at most a year before the later one': '请先填较早的日期，两者最多相隔一年',
  'nobody has entered the campaign yet: leave --segment away': {
    en: 'nobody has entered the campaign yet: leave the segment away',
    'zh-CN': '还没有人进入该活动：请不要指定分群',
  },
};
