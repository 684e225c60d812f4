import { useSyncExternalStore } from 'react';

import { Listeners } from './listeners';

export type ColorMode = 'system' | 'light' | 'dark';

const KEY = 'color-mode';
const MODES: readonly ColorMode[] = ['system', 'light', 'dark'];
const listeners = new Listeners();

export function useColorMode(): ColorMode {
  return useSyncExternalStore(listeners.subscribe, readMode);
}

export function setColorMode(mode: ColorMode): void {
  localStorage.setItem(KEY, mode);
  applyColorMode();
  listeners.notify();
}

export function nextMode(mode: ColorMode): ColorMode {
  return MODES[(MODES.indexOf(mode) + 1) % MODES.length] ?? 'system';
}

/** Tells the style sheet which colours to use. */
export function applyColorMode(): void {
  document.documentElement.dataset.colorMode = readMode();
}

function readMode(): ColorMode {
  const kept = localStorage.getItem(KEY);
  return MODES.find((mode) => mode === kept) ?? 'system';
}
