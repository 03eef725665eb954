export const schedules = {
  trigger: '立即按计划运行',
  triggerTitle: '立即运行 {campaign} 的计划？',
  triggerText: '与到点时相同：打开并真实发送今天的波次。今天已运行的波次会被找到，不会重复运行。',
  triggered: '计划已运行；波次会出现在“波次”中',
  backfill: '补记过去日期',
  backfillTitle: '补记 {campaign} 的过去日期？',
  backfillText: '用于因故障错过的日期。已有波次的日期会找到该波次；没有的记为跳过。不会补发任何内容。',
  backfilled: '正在查看这些日期',
  from: '从',
  to: '到（含当日）',
};
