// What a person set for this browser: theme and how the grid looks. Kept in localStorage, written by the command that changes it.
import { createSignal } from 'solid-js';
import type { Settings, Theme } from './types.ts';

const key = 'vitrine-settings';
const defaults = { theme: 'system' as Theme, cellSize: 136, fill: false };

function stored(): typeof defaults {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' ? { ...defaults, ...value } : defaults;
  } catch (error) {
    console.warn('Settings could not be read; the defaults are used.', error);
    return defaults;
  }
}

/** Reads the settings and applies the theme to the document. */
export function createSettings(): Settings {
  const initial = stored();
  const [theme, setTheme] = createSignal<Theme>(initial.theme);
  const [cellSize, setCellSize] = createSignal(initial.cellSize);
  const [fill, setFill] = createSignal(initial.fill);
  const dark = matchMedia('(prefers-color-scheme: dark)');

  const save = (): void =>
    localStorage.setItem(key, JSON.stringify({ theme: theme(), cellSize: cellSize(), fill: fill() }));
  const apply = (): void => {
    document.documentElement.dataset.theme = theme() === 'system' ? (dark.matches ? 'dark' : 'light') : theme();
  };
  dark.addEventListener('change', apply);
  apply();

  return {
    theme,
    setTheme(value) {
      setTheme(value);
      save();
      apply();
    },
    cellSize,
    setCellSize(value) {
      setCellSize(Math.max(40, Math.round(value)));
      save();
    },
    fill,
    setFill(value) {
      setFill(value);
      save();
    },
  };
}
