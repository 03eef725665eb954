export const nav = {
  home: '首页',
  waves: '波次',
};
