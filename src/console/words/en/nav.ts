export const nav = {
  home: 'Home',
};
