import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Modal,
  Notification,
  Popover,
  Tooltip,
} from '@mantine/core';

const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Inter, Cantarell, Ubuntu, 'Noto Sans', 'Liberation Sans', system-ui, sans-serif";
const fontFamilyMonospace =
  "'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'Ubuntu Mono', 'Noto Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace";

/** What drops down is no higher than the room it has: the rest of it scrolls (screen.css). In pixels from the window's edge. */
const middlewares = { size: { padding: 5 } };

/** Calm and dense: one teal accent, cool greys, 13-pixel text. Colours for our own elements are in tokens.css. */
export const theme = createTheme({
  fontFamily,
  fontFamilyMonospace,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px' },
  defaultRadius: 6,
  respectReducedMotion: true,
  primaryColor: 'trail',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    trail: [
      '#e8f5f4',
      '#cbe8e5',
      '#9bd3cd',
      '#6ec3bb',
      '#4cb3aa',
      '#2f9a92',
      '#1b827b',
      '#0f6c67',
      '#0b5955',
      '#074643',
    ],
    gray: [
      '#f6f7f8',
      '#eef0f2',
      '#e2e5e9',
      '#d3d8dd',
      '#c0c7ce',
      '#9aa3ad',
      '#79838e',
      '#5b6470',
      '#3c444d',
      '#1c2024',
    ],
    dark: [
      '#e4e7ea',
      '#c3c9d0',
      '#98a2ad',
      '#6b7580',
      '#343b43',
      '#2a3037',
      '#20252a',
      '#1a1e22',
      '#14171a',
      '#0f1113',
    ],
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withinPortal: true } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }),
    Popover: Popover.extend({ defaultProps: { middlewares } }),
    Modal: Modal.extend({
      defaultProps: {
        transitionProps: { duration: 120, exitDuration: 0 },
        overlayProps: { backgroundOpacity: 0.4 },
      },
    }),
  },
});

/** Mantine's own secondary texts are too pale for AA on our surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-placeholder': '#5b6470',
    '--mantine-color-dimmed': '#5b6470',
    '--mantine-color-error': 'var(--mismatch)',
  },
  dark: {
    '--mantine-color-placeholder': '#98a2ad',
    '--mantine-color-dimmed': '#98a2ad',
    '--mantine-color-error': 'var(--mismatch)',
  },
});
