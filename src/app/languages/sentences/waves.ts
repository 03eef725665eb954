import type { Sentences } from '../tell.ts';

/** Why a wave waits, stopped or did not run, alarms, proofs, audit lines, previews. */
export const WAVES: Sentences = {
  // Approval and stop lines
  "audience {users, number} is above the campaign's maximum of {max, number}": '受众 {users} 人，超过活动的上限 {max}',
  'audience {users, number} is above the {approved, number} that the version was approved for':
    '受众 {users} 人，超过此版本获批的上限 {approved}',
  'audience {users, number} is above twice the 14-day median of {usual, number}':
    '受众 {users} 人，超过 14 天中位数 {usual} 的两倍',
  'it waits for a person': '等待人工审批',
  '{failed, number} of {sends, number} sends failed for good, the stop line is {limit, percent}':
    '{sends} 次发送中有 {failed} 次最终失败，停止线为 {limit}',
  '{provider, name} refuses to send for this account ({evidence})': '{provider} 拒绝为此账号发送（{evidence}）',
  'the trigger came after its date; nothing is sent late': '触发晚于其日期；不会补发',
  'no run on that date': '当天没有运行',
  '{date, name} has not come yet': '{date} 尚未到来',
  '{date, name} is over': '{date} 已经过去',
  'the campaign is {state, phrase}': '活动{state}',
  'kill switch engaged': '总开关已启用',
  'delivery of step {step, number} by {channels, list} failed; once the cause is mended, go on with: recallwave wave run':
    {
      en: 'delivery of step {step} by {channels} failed; once the cause is mended, run the campaign again: the wave goes on',
      'zh-CN': '第 {step} 步（{channels}）的发送失败；排除原因后再次运行该活动，波次会继续',
    },
  '{campaign, name}: proposals wait for a person: {proposals, phrase}; see: recallwave threshold show {same, name}': {
    en: '{campaign}: proposals wait for a person: {proposals}; see the thresholds of {same}',
    'zh-CN': '{campaign}：有提案等待决定：{proposals}；请查看 {same} 的阈值',
  },
  '{no, number} ({segment, name}, {kind, phrase})': '{no}（{segment}，{kind}）',
  '{no, number} ({segment, name}, {kind, phrase}), {more, phrase}': '{no}（{segment}，{kind}），{more}',
  extend_lo: '降低触达起点分数',
  raise_lo: '提高触达起点分数',
  extend_hi: '提高触达上限分数',
  lower_hi: '降低触达上限分数',
  retreat: '后退一步',
  arm_shares: '新的各组份额',
  '{campaign, name}: {sentence, phrase}': '{campaign}：{sentence}',

  // States inside other sentences
  planning: '规划中',
  sending: '发送中',
  paused: '已暂停',
  'following up': '跟进中',
  following_up: '跟进中',
  done: '已完成',
  aborted: '已中止',
  skipped: '已跳过',
  halted: '已自动停止',
  'waiting approval': '等待审批',
  waiting_approval: '等待审批',
  failed: '失败',
  archived: '已归档',
  active: '运行中',
  unknown: '未知',

  // Proof
  'every user of the audience is accounted for': '受众中的每位用户都有着落',
  'each planned shard has as many ways as it expected': '每个已规划的分片的用户数与预期一致',
  'every way lies in a planned shard': '每位用户都在已规划的分片中',
  "the wave's audience is the sum of its shards": '波次的受众等于各分片之和',
  'every contacted or deferred user has a message': '每位触达或推迟的用户都有消息',
  'every message belongs to a contacted or deferred user': '每条消息都属于触达或推迟的用户',
  'no held-out user has a message': '留出的用户没有消息',
  'no user has two messages in one step': '同一步骤中没有用户有两条消息',
  "every message's entry was assigned to its arm": '每条消息的进入记录都分配到其组',
  'every accepted task is in the task list, and no other': '每个已接受的任务都在任务列表中，且没有其他任务',
  'every coupon code of a message is held by its user': '消息中的每个券码都由其用户持有',
  'every held coupon code belongs to a message': '每个被持有的券码都属于一条消息',
  "the campaign's budget is the sum of its messages' costs": '活动已用预算等于其消息成本之和',
  "the wave's budget is the sum of its messages' costs": '波次已用预算等于其消息成本之和',
  'every accepted message was accepted exactly once by the provider': '每条已接受的消息都恰好被服务商接受一次',
  'nothing was accepted for a message that was not sent': '未发送的消息没有被接受的记录',
  'every unknown message was accepted at most once': '每条结果未知的消息最多被接受一次',
  'every acceptance belongs to a message of this database': '每条接受记录都属于本数据库的消息',
  'nobody suppressed before the send got anything': '发送前被屏蔽的用户没有收到任何内容',
  'nobody who had withdrawn consent before the send got anything': '发送前撤回授权的用户没有收到任何内容',
  'nobody got a message of a category refused before the send': '发送前拒收某类消息的用户没有收到该类消息',
  'nobody in the global holdout got anything': '全局留出组的用户没有收到任何内容',
  'every frequency cap holds, counted on what was accepted': '按已接受的消息计算，各频次上限均未超出',
  "the recorded wave's audience is its recorded entries": '记录波次的受众等于其记录的进入数',
  'nothing was planned or sent for a recorded wave': '记录波次没有规划或发送任何内容',
  "everything was accepted inside the recipient's allowed hours": '所有内容都在收件人的可发送时段内被接受',
  'look at `recallwave receipt MESSAGE`; see docs/runbooks/double-database.md when there are more than one': {
    en: 'look at the message; see docs/runbooks/double-database.md when there are more than one',
    'zh-CN': '请查看该消息；如有多条，参见 docs/runbooks/double-database.md',
  },
  'another database may be sending: see docs/runbooks/double-database.md':
    '可能有另一个数据库在发送：参见 docs/runbooks/double-database.md',
  'see "Settling a difference" in docs/operations.md': '参见 docs/operations.md 中的“Settling a difference”',

  // What is still to come
  'Temporal does not answer: the schedule is brought in line when Recallwave starts the next time':
    '调度服务（Temporal）没有响应：下次启动 Recallwave 时会同步定时计划',
  'Temporal did not answer: waiting deliveries go on within the hour':
    '调度服务（Temporal）没有响应：等待中的发送会在一小时内继续',

  // Audit
  'line {line, number} does not fit its hash or the line before it: it, or what was before it, was changed or taken out':
    '第 {line} 行与其哈希或前一行不符：该行或其前面的内容被修改或删除',
  'line {line, number} is not in the chain: it was written past the trigger': '第 {line} 行不在链中：绕过触发器写入',
  'the log is empty': '日志为空',
  'all {rows, number} lines are as they were written': '全部 {rows} 行均与写入时一致',

  // Previews and test messages
  'the user has no valid warning for this campaign': '该用户没有对本活动有效的预警',
  'the pool {pool} has no test code: {code, name} stands for it': '券池 {pool} 没有测试券码：以 {code} 代替',
  '{code, name} is a test code': '{code} 是测试券码',

  // Differences
  '{key, name}: added': '{key}：已添加',
  '{key, name}: removed': '{key}：已删除',
  '{key, name}: changed': '{key}：已更改',
  '{key, name}: {value} (new)': '{key}：{value}（新增）',
  '{key, name}: {value} (taken out)': '{key}：{value}（已删除）',
  '{key, name}: from {before} to {after}': '{key}：从 {before} 改为 {after}',

  // Drafts
  'approved anew by {actor, name}': '由 {actor} 重新审批',
  'withdrawn by {actor, name}': '由 {actor} 撤回',
  'changed by {actor, name}': '由 {actor} 修改',
  'the draft was discarded by {actor, name}': '草稿由 {actor} 丢弃',
  'version {version, number} came into force after it': '版本 {version} 在此之后生效',
};
