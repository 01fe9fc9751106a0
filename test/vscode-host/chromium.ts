import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../setup.mjs';

export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium found: run "node test/setup.mjs --chromium".');
  return chromium.launch({
    executablePath,
    // Containers run as root without user namespaces, and have a small /dev/shm.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-component-update'],
    // The caller decides when to close the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
