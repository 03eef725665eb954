import type { Sentences } from '../tell.ts';

/** Why a campaign, a user, an import, a person or a setting can't be as it was sent, and what to do instead (app). */
export const REFUSALS_OF_INPUTS: Sentences = {
  // Campaigns and drafts
  '{campaign, name} has no draft: it was published or discarded': '{campaign} 没有草稿：已发布或被丢弃',
  'open the campaign again and save a change': '请重新打开活动并保存修改',
  'campaign: the file says {named}, the draft is of {meant, name}': 'campaign：文件写的是 {named}，草稿属于 {meant}',
  'the file says {named}, the draft is of {meant, name}': '文件写的是 {named}，草稿属于 {meant}',
  'write campaign: {meant, name}, or begin a new campaign called {named}':
    '请写 campaign: {meant}，或新建名为 {named} 的活动',
  'write campaign: {meant, name}': '请写 campaign: {meant}',
  'the texts compile to something else than what was approved: Recallwave was updated since':
    '文案的编译结果与审批时不同：Recallwave 在此期间已更新',
  'save the draft again, and have it approved again': '请重新保存草稿并再次审批',
  'there is a campaign or a draft called {campaign, name}': '已有名为 {campaign} 的活动或草稿',
  'take another id, or open that one and change it': '请换一个标识，或打开该活动进行修改',
  '{file, name} is not valid': '{file} 无效',
  '{file}:{line, number}:{column, number} {what, phrase}': '{file}:{line}:{column} {what}',
  '{file}:{line, number}:{column, number} {key, name}: {what, phrase}': '{file}:{line}:{column} {key}：{what}',
  '{file}:{line, number}:{column, number} {key, name}: {what, phrase} (and {more, number} more)':
    '{file}:{line}:{column} {key}：{what}（另有 {more} 处）',
  '{fix, phrase}; all of it: lint the draft': '{fix}；全部问题见草稿检查',
  '{fix, phrase}; all of it: {place}': '{fix}；全部问题：{place}',
  'lint the draft': '请检查草稿',
  'arm {arm} of {action} has no step {step, number}': '{action} 的 {arm} 组没有第 {step} 步',
  '{campaign, name} has no action {action}': '{campaign} 没有动作 {action}',
  'no action of {campaign, name} is for this user': '{campaign} 没有适合此用户的动作',
  'name one with --action: {names, list}': { en: 'name one of {names}', 'zh-CN': '请使用 {names} 之一' },
  'action {action} has no arm {arm}': '动作 {action} 没有 {arm} 组',
  'no arm of {action} sends anything': '{action} 没有会发送的组',
  'this step has no text for {channel, phrase}': '此步骤没有“{channel}”的文案',
  "write '{{default … '''…'''}}' or '{{#if …}}' in the text; a wave would count such a user as failed (render_failed)":
    "请在文本中写 '{{default … '''…'''}}' 或 '{{#if …}}'；波次会将这样的用户计为失败（render_failed）",

  // Users, imports, people, settings
  'the confirmation is not the user id; nothing was erased': '确认内容不是用户 ID；没有删除任何内容',
  'type the user id once more, letter by letter: erasing cannot be undone': '请逐字再次输入用户 ID：删除无法撤销',
  'no suppression of channel {channel, phrase} is in force there': '那里没有生效的“{channel}”屏蔽',
  'see them with `recallwave suppress list`, or for one user with `recallwave user show USER`': {
    en: 'look at the suppressions of the user',
    'zh-CN': '请查看该用户的屏蔽记录',
  },
  'address "{address}": {why, phrase}': '地址“{address}”：{why}',
  '{count, number} imports are running': '有 {count} 个导入正在进行',
  'wait until one of them is done': '请等待其中一个完成',
  'the file has no rows; nothing was imported': '文件没有数据行；没有导入任何内容',
  'the file has a header and no rows': '文件只有表头，没有数据行',
  'check what wrote it': '请检查生成该文件的程序',
  '{file} is empty; nothing was imported': '{file} 为空；没有导入任何内容',
  'import {no, number} rejected nothing': '导入 {no} 没有拒绝任何行',
  'the rejects of import {no, number} are not on this server': '导入 {no} 的拒绝行不在此服务器上',
  'it was imported by {actor, name}: look for {file} on that machine': '由 {actor} 导入：请在其机器上查找 {file}',
  'line 1: column {column, number} has no name; nothing was imported':
    '第 1 行：第 {column} 列没有名称；没有导入任何内容',
  'name every column, or take away the empty one': '请为每一列命名，或删除空列',
  'line 1: the column "{column}" is there twice; nothing was imported': '第 1 行：列“{column}”重复；没有导入任何内容',
  'keep one of them': '请保留其一',
  'line 1: the header has broken quotes; nothing was imported': '第 1 行：表头引号不完整；没有导入任何内容',
  'line {line, number}: the file is not UTF-8 ({what}); nothing was imported':
    '第 {line} 行：文件不是 UTF-8（{what}）；没有导入任何内容',
  'save it as UTF-8 (in Excel: "CSV UTF-8"), or convert it: iconv -f GB18030 -t UTF-8 FILE':
    '请另存为 UTF-8（Excel 中选“CSV UTF-8”），或转换：iconv -f GB18030 -t UTF-8 FILE',
  'the password has {length, number} characters': '密码有 {length} 个字符',
  'use {least, number} to {most, number}; a sentence is easy to remember':
    '请使用 {least} 至 {most} 个字符；一句话容易记住',
  'the password contains the login': '密码包含登录名',
  'choose another': '请换一个',
  '"{login}" is no login': '“{login}”不能作为登录名',
  'use letters, digits and . _ @ + -, at most 64, beginning with a letter or digit':
    '请使用字母、数字和 . _ @ + -，最多 64 个，以字母或数字开头',
  'the login "{login}" is taken': '登录名“{login}”已被使用',
  '{login, name} is the last admin': '{login} 是最后一位管理员',
  'make somebody else admin first': '请先将他人设为管理员',
  'the present password is wrong': '当前密码错误',
  'type the one you logged in with': '请输入登录所用的密码',
  'this link was used, withdrawn, or has expired': '此链接已使用、已撤回或已过期',
  'ask for a new one': '请索取新的链接',
  '"{name}" is no name for a key': '“{name}”不能作为密钥名称',
  'use letters, digits, . _ and -, at most 63, beginning with a letter or digit':
    '请使用字母、数字和 . _ -，最多 63 个，以字母或数字开头',
  'the key may do nothing': '密钥没有任何权限',
  '{count, number} keys are called {name}': '有 {count} 个密钥名为 {name}',
  'name one by number: {numbers, list}': '请用编号指定：{numbers}',
  'name scopes: {scopes, list}': '请指定权限：{scopes}',
  '"{text}" is no time to live': '“{text}”不是有效期',
  'write it such as 12h or 90d': '请写成 12h 或 90d',
  'a webhook needs an https address without user name': 'webhook 需要不含用户名的 https 地址',
  'give an address that begins with https://': '请填写以 https:// 开头的地址',
  'nothing leaves this machine while RECALLWAVE_LIVE is off': 'RECALLWAVE_LIVE 关闭时，任何内容都不会离开本机',
  'give an address on 127.0.0.1, or start with RECALLWAVE_LIVE=1':
    '请填写 127.0.0.1 上的地址，或以 RECALLWAVE_LIVE=1 启动',
  'no hour of the day is allowed for {channel, phrase}': '{channel}一天中没有可发送的时段',
  'make from and to differ; "00:00" to "24:00" is the whole day': '使 from 与 to 不同；"00:00" 至 "24:00" 为全天',

  // Coupons and schedules
  'there is a pool "{pool}" already': '已有券池“{pool}”',
  'take another name; see them with `recallwave coupon pools`': {
    en: 'take another name, that no pool has',
    'zh-CN': '请换一个没有用过的名称',
  },
  'there is no such code': '没有这个券码',
  'see the pools with `recallwave coupon pools`': { en: 'look at the pools', 'zh-CN': '请查看券池' },
  '{count, number} pools have this code': '有 {count} 个券池含此券码',
  'add --pool with one of {pools, list}': { en: 'name one of the pools {pools}', 'zh-CN': '请指定券池 {pools} 之一' },
  'the code is {state, phrase}': '券码{state}',
  'the code is {state, phrase} and message {no, number} ({message, phrase}) holds it':
    '券码{state}，由消息 {no}（{message}）持有',
  'the code is {state, phrase}: nobody was given it': '券码{state}：没有发给任何人',
  'only a reserved code whose message was never sent can go back to the pool':
    '只有消息从未发出的已预留券码可以退回券池',
  'check the code; a code that was shared before it was sent should be replaced in its pool':
    '请检查券码；发送前已泄露的券码应在券池中更换',
  'there is no pool "{pool}"': '没有券池“{pool}”',
  'import codes with `recallwave import coupons FILE`': {
    en: 'import coupons under Imports',
    'zh-CN': '请在“导入”中导入券码',
  },
  'there is: {names, list}': '可用的有：{names}',
  '--to is before --from': { en: 'the last date is before the first', 'zh-CN': '结束日期早于开始日期' },
  'write the earlier date first': '请先填较早的日期',
  'these dates have not come yet': '这些日期尚未到来',
  'name dates that are over': '请填写已过去的日期',
  'see: temporal schedule describe --schedule-id {id, name}': {
    en: 'ask the operators to look at the schedule {id}',
    'zh-CN': '请运营人员查看定时计划 {id}',
  },
  'schedule.at: 24:00 belongs to no date': 'schedule.at：24:00 不属于任何日期',
};
