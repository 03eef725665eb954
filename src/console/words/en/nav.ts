export const nav = {
  home: 'Home',
  waves: 'Waves',
};
