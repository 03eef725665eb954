export const nav = {
  home: '首页',
  waves: '波次',
  inbox: '收件箱',
  users: '用户',
  health: '系统状态',
  settings: '设置',
  people: '人员与密钥',
  results: '结果',
  thresholds: '阈值',
  retrospective: '复盘',
  campaigns: '活动',
};
