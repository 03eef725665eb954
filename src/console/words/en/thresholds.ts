export const thresholds = { title: '' };
