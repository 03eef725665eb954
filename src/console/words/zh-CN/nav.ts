export const nav = {
  home: '首页',
};
