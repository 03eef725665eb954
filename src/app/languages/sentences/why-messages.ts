import type { Sentences } from '../tell.ts';

/** What became of a message, why a user was not in a wave at all, and what happened to a user (app/why). */
export const WHY_MESSAGES: Sentences = {
  'message {no, number} by {channel, phrase} in arm {arm}, planned for {at}':
    '消息 {no}（{channel}），{arm} 组，计划于 {at}',
  'waiting to be sent, not before {at}': '等待发送，不早于 {at}',
  'a worker has it in hand; nothing has gone out': '发送程序正在处理；尚未发出',
  'being handed to the provider just now': '正在交给服务商',
  'deferred until {at}: {why, phrase}': '推迟至 {at}：{why}',
  'accepted by {provider} at {at, phrase}': '{provider} 于 {at} 接受',
  'accepted by the provider at {at, phrase}': '服务商于 {at} 接受',
  'delivered; accepted at {at, phrase}': '已送达；于 {at} 被接受',
  'an unknown time': '未知时间',
  '{date, name} {time, name} UTC': '{date} {time} UTC',
  'bounced after it was accepted: {why, phrase}': '被接受后又被退回：{why}',
  'delivered, and the user complained': '已送达，用户投诉',
  'nobody knows for certain; taken as sent': '无法确定；视为已发送',
  'not sent: {why, phrase}': '未发送：{why}',
  'the provider refused it for good: {why, phrase}': '服务商最终拒绝：{why}',
  'it may or may not have gone out ({why, phrase}); it counts as used until that is settled':
    '可能已发出，也可能没有（{why}）；在确认之前按已使用计算',
  'cancelled: {why, phrase}': '已取消：{why}',
  'expired: {why, phrase}': '已过期：{why}',
  "the provider's id: {id}": '服务商编号：{id}',
  'coupon {code, name} of pool {pool}: {state, phrase}': '券码 {code}（券池 {pool}）：{state}',
  reserved: '已预留',
  issued: '已发放',
  free: '未使用',
  redeemed: '已核销',
  'no message was written: run `recallwave prove`': {
    en: 'no message was written: look at the proof of the wave',
    'zh-CN': '没有写入消息：请查看波次的核对结果',
  },
  '{at, phrase}: accepted': '{at}：已接受',
  '{at, phrase}: accepted ({why})': '{at}：已接受（{why}）',
  '{at, phrase}: refused ({why})': '{at}：被拒绝（{why}）',
  '{at, phrase}: retry ({why})': '{at}：稍后重试（{why}）',
  '{at, phrase}: unknown ({why})': '{at}：结果未知（{why}）',

  // Why it did not go out
  'no reason was noted': '没有记录原因',
  'the wave was aborted': '波次已中止',
  'the user came back before the send': '用户在发送前已回归',
  'another message took its place': '已被另一条消息取代',
  'the user was erased': '用户数据已删除',
  'it was not sent in time and is stale': '未能及时发送，已失效',
  'consent was withdrawn before the send': '发送前授权已撤回',
  'there was no address any more at the send': '发送时已没有地址',
  'the user was suppressed before the send': '用户在发送前被屏蔽',
  'the user is in the global holdout': '用户在全局留出组中',
  'the user refused the category before the send': '用户在发送前已拒收此类消息',
  'outside the allowed hours of the user': '不在用户的可发送时段内',
  'no time zone is known': '时区未知',
  'frequency cap {cap, name} was reached at the send': '发送时达到频次上限 {cap}',
  'the smallest gap between two messages was not over at the send': '发送时距上一条消息的最小间隔尚未结束',
  'the last message was of the same kind at the send': '发送时上一条消息属于同一类型',
  'its text could not be made: a template misses a fact': '无法生成内容：模板缺少数据',
  'the sender stopped after its intent': '发送程序在登记后中断',
  'a person settled it after asking the provider': '人工向服务商确认后处理',
  'a second try: nobody knows of the first': '再次尝试：第一次的结果未知',

  // Not in the audience
  'the wave did not run: skipped ({why, phrase})': '波次没有运行：已跳过（{why}）',
  'the wave did not run: skipped': '波次没有运行：已跳过',
  'the wave did not run: waiting approval ({why, phrase})': '波次没有运行：等待审批（{why}）',
  'the wave did not run: waiting approval': '波次没有运行：等待审批',
  'there is no churn warning about this user': '没有关于此用户的流失预警',
  'there are only warnings of model {models, list}; the campaign listens to model {model}':
    '只有模型 {models} 的预警；本活动采用模型 {model}',
  "the first warning was raised at {raised}, after the wave's decision at {at}":
    '第一条预警于 {raised} 产生，晚于波次的决定时间 {at}',
  'the warning was imported after the wave took its snapshot at {at}; it can join the next wave':
    '预警在波次于 {at} 取快照之后才导入；可加入下一波次',
  "the newest warning ran out at {until}, before the wave's decision at {at}":
    '最新的预警于 {until} 过期，早于波次的决定时间 {at}',
  'segment {segment} of the newest warning is not in the campaign; it takes {segments, list}':
    '最新预警的分群 {segment} 不在本活动中；本活动针对 {segments}',
  "reasons {reasons, list} of the newest warning are not the campaign's; it takes {wanted, list}":
    '最新预警的原因 {reasons} 不在本活动中；本活动针对 {wanted}',
  "reasons {reasons, list} of the newest warning and of survey answers are not the campaign's; it takes {wanted, list}":
    '最新预警和问卷回答的原因 {reasons} 不在本活动中；本活动针对 {wanted}',
  "the campaign's filter keeps this user out: {filter}": '活动的筛选条件排除了此用户：{filter}',
  "the wave has not planned this user's shard yet (it is {state, phrase})": '波次尚未规划到此用户（目前{state}）',
  'the user was imported at {imported}, after the wave took its snapshot at {at}':
    '用户于 {imported} 导入，晚于波次取快照的时间 {at}',
  'by the rows as they are now this user belongs to the audience; they may have changed since {at}: run `recallwave prove {wave, number}`':
    {
      en: 'by the rows as they are now this user belongs to the audience; they may have changed since {at}: look at the proof of wave {wave}',
      'zh-CN': '按目前的数据此用户属于受众；数据可能在 {at} 之后有变化：请查看波次 {wave} 的核对结果',
    },

  // Recorded experiments
  'not in the recorded experiment that this wave holds; nothing was sent from here':
    '不在此波次所含的记录实验中；这里没有发送任何内容',
  'in {group} of {action} since {at}, by a recorded experiment ({source}, {actor}); contacted there, nothing was sent from here; up to {until} nothing came':
    '自 {at} 起在 {action} 的 {group} 中，来自记录实验（{source}，{actor}）；在那里已触达，这里没有发送；至 {until} 没有结果',
  'in {group} of {action} since {at}, by a recorded experiment ({source}, {actor}); contacted there, nothing was sent from here; up to {until} came {outcomes}':
    '自 {at} 起在 {action} 的 {group} 中，来自记录实验（{source}，{actor}）；在那里已触达，这里没有发送；至 {until} 的结果：{outcomes}',
  'in {group} of {action} since {at}, by a recorded experiment ({source}, {actor}); not contacted there, nothing was sent from here; up to {until} nothing came':
    '自 {at} 起在 {action} 的 {group} 中，来自记录实验（{source}，{actor}）；在那里未触达，这里没有发送；至 {until} 没有结果',
  'in {group} of {action} since {at}, by a recorded experiment ({source}, {actor}); not contacted there, nothing was sent from here; up to {until} came {outcomes}':
    '自 {at} 起在 {action} 的 {group} 中，来自记录实验（{source}，{actor}）；在那里未触达，这里没有发送；至 {until} 的结果：{outcomes}',

  // What happened to the user
  'consent to {channel, name} ({source}, {actor})': '同意 {channel}（{source}，{actor}）',
  'no consent to {channel, name} ({source}, {actor})': '未同意 {channel}（{source}，{actor}）',
  'suppressed on {channel, name} by user: {reason} ({actor})': '在 {channel} 被屏蔽（按用户）：{reason}（{actor}）',
  'suppressed on {channel, name} by address: {reason} ({actor})': '在 {channel} 被屏蔽（按地址）：{reason}（{actor}）',
  'suppression on {channel, name} by user lifted': '{channel} 的屏蔽（按用户）已解除',
  'suppression on {channel, name} by address lifted': '{channel} 的屏蔽（按地址）已解除',
  'consent to the category {category, name} ({source}, {actor})': '同意 {category} 类消息（{source}，{actor}）',
  'no consent to the category {category, name} ({source}, {actor})': '拒收 {category} 类消息（{source}，{actor}）',
  'answered the survey of message {no, number}: {reason}': '回答了消息 {no} 的问卷：{reason}',
  'clicked a link of message {no, number} ({times, number} times)': '点击了消息 {no} 的链接（{times} 次）',
  '{event} (came back)': '{event}（已回归）',
  '{event} (the goal)': '{event}（目标事件）',
  '{event} (after the outcome window)': '{event}（在结果窗口之后）',
  '{event} (came back, the goal)': '{event}（已回归，目标事件）',
  '{event} (came back, after the outcome window)': '{event}（已回归，在结果窗口之后）',
  '{event} (the goal, after the outcome window)': '{event}（目标事件，在结果窗口之后）',
  '{event} (came back, the goal, after the outcome window)': '{event}（已回归，目标事件，在结果窗口之后）',
};
