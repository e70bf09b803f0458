/**
 * How Teams draws cards, as near as a host config comes to it: the sizes and spaces of Microsoft's published Teams
 * config, and colours of Teams' three themes that can be read on their backgrounds (4.5 : 1 and more).
 */
export const THEMES = ['light', 'dark', 'contrast'] as const;
type Theme = (typeof THEMES)[number];

interface Palette {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly line: string;
  /** The backgrounds of containers, by their style. */
  readonly backgrounds: Readonly<Record<string, string>>;
}

/** High contrast knows one background: what a container's style says there must stand in its words. */
const BLACK = '#000000';

const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    text: '#242424',
    subtle: '#616161',
    accent: '#4f52b2',
    good: '#0e6e0e',
    warning: '#8a5300',
    attention: '#b10e1c',
    line: '#d1d1d1',
    backgrounds: {
      default: '#ffffff',
      emphasis: '#f5f5f5',
      accent: '#e8ebfa',
      good: '#e7f2da',
      warning: '#fbf6d9',
      attention: '#fcf4f6',
    },
  },
  dark: {
    text: '#ffffff',
    subtle: '#c2c2c2',
    accent: '#a6acff',
    good: '#92c353',
    warning: '#ffc83d',
    attention: '#ff99a4',
    line: '#525252',
    backgrounds: {
      default: '#292929',
      emphasis: '#1f1f1f',
      accent: '#343756',
      good: '#27390f',
      warning: '#463100',
      attention: '#4a1c22',
    },
  },
  contrast: {
    text: '#ffffff',
    subtle: '#ffffff',
    accent: '#ffff01',
    good: '#3ff23f',
    warning: '#ffff01',
    attention: '#ff9c9c',
    line: '#ffffff',
    backgrounds: {
      default: BLACK,
      emphasis: BLACK,
      accent: BLACK,
      good: BLACK,
      warning: BLACK,
      attention: BLACK,
    },
  },
};

const FONT = {
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
};

const hostConfig = (palette: Palette) => ({
  fontTypes: {
    // Arial: on machines without Teams' font one that is as wide.
    default: { fontFamily: "'Segoe UI', Arial, 'Liberation Sans', sans-serif", ...FONT },
    monospace: { fontFamily: "Consolas, 'Courier New', 'Liberation Mono', monospace", ...FONT },
  },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: palette.line },
  containerStyles: Object.fromEntries(
    Object.entries(palette.backgrounds).map(([style, backgroundColor]) => [
      style,
      { backgroundColor, foregroundColors: foregroundColors(palette) },
    ]),
  ),
  textBlock: { headingLevel: 3 },
  actions: { maxActions: 6, spacing: 'default', buttonSpacing: 0, actionAlignment: 'left' },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { suffix: ' *', suffixColor: 'attention' },
    },
  },
  factSet: { title: { maxWidth: 150 }, spacing: 16 },
});

function foregroundColors({ text, subtle, accent, good, warning, attention }: Palette) {
  const only = (color: string) => ({ default: color, subtle: color });
  return {
    default: { default: text, subtle },
    // These two are what they are, whatever the theme: good on a picture only.
    dark: only('#242424'),
    light: only('#ffffff'),
    accent: only(accent),
    good: only(good),
    warning: only(warning),
    attention: only(attention),
  };
}

/** By theme. */
export const hostConfigs = {
  light: hostConfig(palettes.light),
  dark: hostConfig(palettes.dark),
  contrast: hostConfig(palettes.contrast),
};
