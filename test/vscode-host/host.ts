import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchChromium } from './chromium';
import { type Flags, parseFlags } from './flags';
import { followOutput } from './followFile';
import { manageExtensions, type Server, startServer } from './server';
import { workbenchUrl } from './workbenchUrl';

type CleanUp = () => unknown;

/** Does what `code` does with these flags, and returns the exit code. */
async function run(flags: Flags, atEnd: (cleanUp: CleanUp) => void): Promise<number> {
  if (flags.manage.length > 0) return manageExtensions(flags.manage, flags);
  if (flags.extensionTestsPath !== undefined) return runTests(flags, flags.extensionTestsPath, atEnd);
  const server = await startServer({ ...flags, testing: flags.extensionDevelopmentPath !== undefined });
  atEnd(() => server.stop());
  console.log(`Open ${workbenchUrl(server, flags)}`);
  return server.exited;
}

/** Runs the extension and its tests in a headless browser. The page reports the exit code of the tests. */
async function runTests(flags: Flags, testsPath: string, atEnd: (cleanUp: CleanUp) => void): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'vscode-tests-'));
  atEnd(() => {
    rmSync(scratch, { recursive: true, force: true });
  });
  const output = join(scratch, 'output.jsonl');
  atEnd(followOutput(output));
  const env = { VSCODE_HOST_TEE: output, VSCODE_HOST_TESTS: resolve(testsPath) };
  const starting = startServer({ ...flags, env, testing: true });
  atEnd(async () => (await starting).stop());
  const [server, browser] = await Promise.all([starting, launchChromium()]);
  atEnd(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const finished = new Promise<number>((finish) => {
    void page.exposeFunction('codeAutomationExit', finish);
    page.on('crash', () => {
      console.error('The page of VS Code crashed.');
      finish(1);
    });
  });
  await page.goto(workbenchUrl(server, { ...flags, extensionTestsPath: join(__dirname, 'teeTests.mjs') }));
  const code = await Promise.race([finished, serverGone(server)]);
  const screenshots = process.env.VSCODE_HOST_SCREENSHOTS;
  if (code !== 0 && screenshots !== undefined) await page.screenshot({ path: join(screenshots, 'failure.png') });
  return code;
}

async function serverGone(server: Server): Promise<never> {
  throw new Error(`VS Code's server ended with code ${await server.exited}.`);
}

/** Cleans up in reverse order. If one step fails, the others still run. */
async function main(): Promise<void> {
  const cleanUps: CleanUp[] = [];
  const interrupted = new Promise<number>((finish) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        finish(130);
      });
    }
  });
  const work = run(parseFlags(process.argv.slice(2)), (cleanUp) => cleanUps.push(cleanUp));
  const code = await Promise.race([work, interrupted]).catch((error: unknown) => {
    console.error(error);
    return 1;
  });
  for (const cleanUp of cleanUps.reverse()) await Promise.resolve(cleanUp()).catch(console.error);
  process.exit(code);
}

void main();
