import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../chromium';
import { bindKeys, type Settings, writeSettings } from '../profile';
import { manageExtensions, startServer } from '../server';
import { workbenchUrl } from '../workbenchUrl';
import { createWorkbench, type Theme, themeSetting, type Workbench, workbenchUp } from './workbench';

export interface LaunchOptions {
  /** The packaged extensions to install, in this order. */
  readonly vsix: readonly string[];
  readonly settings?: Settings;
  /** Environment variables for the extension host, in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly theme?: Theme;
  readonly folder?: string;
  /** Whether folders are untrusted until the user trusts them. By default VS Code trusts every folder. */
  readonly workspaceTrust?: boolean;
  /** The folder for screenshot(). */
  readonly screenshots?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

export interface LaunchedWorkbench extends Workbench {
  /** Stops all processes and deletes the profile. */
  close(): Promise<void>;
}

/** The hover of what is under the mouse would appear at any time, and take the clicks on what it covers. */
const noHovers: Settings = { 'workbench.hover.delay': 3_600_000 };

/** Starts a workbench with a new profile and these extensions. Use one for a whole run, with reset() and reload(). */
export async function launchWorkbench(options: LaunchOptions): Promise<LaunchedWorkbench> {
  const scratch = mkdtempSync(join(tmpdir(), 'vscode-driver-'));
  const profile = { userDataDir: join(scratch, 'user-data'), extensionsDir: join(scratch, 'extensions') };
  const settings = {
    ...noHovers,
    ...(options.theme === undefined ? {} : themeSetting(options.theme)),
    ...options.settings,
  };
  const screenshots = options.screenshots ?? join(scratch, 'screenshots');
  mkdirSync(screenshots, { recursive: true });
  writeSettings(profile.userDataDir, settings);
  bindKeys(profile.userDataDir);
  const browsing = launchChromium();
  const close: (() => unknown)[] = [async () => (await browsing).close()];
  const closeAll = async (): Promise<void> => {
    for (const end of close) await end();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await install(options.vsix, profile);
    const { env, workspaceTrust = false } = options;
    const server = await startServer({ ...profile, ...(env === undefined ? {} : { env }), workspaceTrust });
    close.push(() => server.stop());
    const browser = await browsing;
    const context = await browser.newContext({ viewport: options.size ?? { width: 1400, height: 900 } });
    context.setDefaultTimeout(15_000);
    // The workbench has 19 MB of script, which loads slowly on a busy machine.
    context.setDefaultNavigationTimeout(60_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(server.url).origin });
    const page = await context.newPage();
    const workbench = createWorkbench(page, { ...profile, logsDir: server.logsDir, screenshots, settings });
    await page.goto(workbenchUrl(server, options));
    await workbenchUp(page);
    return { ...workbench, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function install(
  vsix: readonly string[],
  profile: { userDataDir: string; extensionsDir: string },
): Promise<void> {
  if (vsix.length === 0) return;
  const args = vsix.map((file) => `--install-extension=${file}`);
  const code = await manageExtensions([...args, '--force'], profile, 'ignore');
  if (code !== 0) throw new Error(`VS Code did not install ${vsix.join(', ')} (exit code ${code}).`);
}
