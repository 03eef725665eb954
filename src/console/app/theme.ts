import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = [
  '#e6f6f4',
  '#cdebe7',
  '#a2d9d2',
  '#6fd0c4',
  '#41b3a6',
  '#1d978a',
  '#107a70',
  '#0b6a62',
  '#0b5c57',
  '#084541',
];

/** Look of the console: system fonts, the brand's colour, sizes that touch can hit. */
export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: 8,
  colors: { brand },
  defaultRadius: 'md',
  fontFamily:
    "-apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', Helvetica, Arial, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace",
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.6rem' }, h2: { fontSize: '1.2rem' } } },
  // A <header> in a dialog counts as the page's banner, which there is one of.
  components: { ModalHeader: { defaultProps: { role: 'presentation' } } },
});

/** Text on white or on a light tint, and fills under white text: each at least 4.5:1. */
const ON_LIGHT = {
  brand: '#0b5c57',
  gray: '#4a525a',
  green: '#1c6630',
  red: '#a81e1e',
  yellow: '#7a4b00',
  orange: '#8f3d00',
  blue: '#0d5598',
  grape: '#7b2391',
};
/** Text on dark ground or on a dark tint. */
const ON_DARK = {
  brand: '#7fd8cc',
  gray: '#c3c9d0',
  green: '#8ce09a',
  red: '#ffa8a8',
  yellow: '#ffd77a',
  orange: '#ffbe86',
  blue: '#a0d0ff',
  grape: '#e3a9f2',
};

function readable(colours: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(colours).flatMap(([name, colour]) => [
      [`--mantine-color-${name}-light-color`, colour],
      [`--mantine-color-${name}-text`, colour],
      [`--mantine-color-${name}-outline`, colour],
    ]),
  );
}

/** Fills under white text, the same in both schemes. */
const FILLED = Object.fromEntries(
  Object.entries(ON_LIGHT).flatMap(([name, colour]) => [
    [`--mantine-color-${name}-filled`, colour],
    [`--mantine-color-${name}-filled-hover`, `color-mix(in srgb, ${colour}, black 12%)`],
  ]),
);

/** Mantine's own dimmed, placeholder, error and tint colours are 1.8–4.3:1; these pass axe in both schemes. */
export const readableColours: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...readable(ON_LIGHT),
    ...FILLED,
    '--mantine-color-dimmed': '#545d66',
    '--mantine-color-placeholder': '#666f78',
    '--mantine-color-error': ON_LIGHT.red,
    '--mantine-color-anchor': ON_LIGHT.brand,
    '--mantine-color-disabled-color': '#666f78',
    '--input-disabled-color': '#545d66',
  },
  dark: {
    ...readable(ON_DARK),
    ...FILLED,
    '--mantine-color-dimmed': '#b3bac2',
    '--mantine-color-placeholder': '#a3abb3',
    '--mantine-color-error': ON_DARK.red,
    '--mantine-color-anchor': ON_DARK.brand,
    '--mantine-color-disabled-color': '#a3abb3',
    '--input-disabled-color': '#b3bac2',
  },
});
