export const retrospective = { title: '' };
