import { createTheme, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f6f6', '#d3e9ea', '#a5d3d5', '#73bbbf', '#4ba7ac', '#319aa0', '#1d8f96', '#0b747b', '#06666d', '#00575e',
];
// Resolved and closed: neither grey nor the green of "all is well".
const sage: MantineColorsTuple = [
  '#f1f5f1', '#e2e9e3', '#c5d3c8', '#a5bbaa', '#8aa791', '#799a81', '#6f9378', '#5e7f66', '#53715a', '#45624c',
];

const dark: MantineColorsTuple = [
  '#e8eef0', '#c3cfd4', '#a0b0b7', '#7d8f97', '#4a5a62', '#36434a', '#222c31', '#1a2226', '#141a1e', '#0f1417',
];

const base = {
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 } as const,
  colors: { petrol, sage, dark },
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "DejaVu Sans Mono", monospace',
  defaultRadius: 'md',
  cursorType: 'pointer' as const,
  autoContrast: true,
};

/** Eight hours a day at a desk. */
export const deskTheme = createTheme({ ...base, fontSizes: { xs: '12px', sm: '13.5px', md: '15px', lg: '17px', xl: '20px' } });

/** A finger at arm's length: nothing under 48 px, text from 18 px. */
export const touchTheme = createTheme({
  ...base,
  fontSizes: { xs: '15px', sm: '17px', md: '18px', lg: '20px', xl: '24px' },
  components: {
    Button: { defaultProps: { size: 'lg' }, styles: { root: { minHeight: 52 } } },
    ActionIcon: { defaultProps: { size: 52 } },
    TextInput: { defaultProps: { size: 'lg' } },
    DateInput: { defaultProps: { size: 'lg' } },
    Textarea: { defaultProps: { size: 'lg' } },
    Select: { defaultProps: { size: 'lg' } },
    MultiSelect: { defaultProps: { size: 'lg' } },
    InputWrapper: { defaultProps: { size: 'md' } },
  },
});
