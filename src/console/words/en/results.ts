export const results = { title: '' };
