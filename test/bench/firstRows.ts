import { spawnEmulator } from '../emulator/emulatorProcess';
import { machineSignIn, vsix } from '../vscode';
import { launchWorkbench } from '../vscode-host/driver/launch';

/** What one VS Code measures; times in milliseconds. */
export interface FirstRowsRun {
  /** From the click on the Azure icon to the first rows: activation, signing in and reading included. */
  readonly rowsMs: number;
  /** What had been asked of Azure by then. */
  readonly requests: number;
  /** From the click on a subscription to the state of its servers. */
  readonly statesMs: number;
  readonly servers: number;
}

/** Each run is a VS Code of its own, on the large estate. */
export async function firstRowsRuns(count: number, latency: number): Promise<readonly FirstRowsRun[]> {
  const runs: FirstRowsRun[] = [];
  const emulator = await spawnEmulator({ seed: 'large', latency });
  try {
    for (let i = 0; i < count; i++) {
      const workbench = await launchWorkbench({
        vsix: [vsix],
        settings: { ...emulator.info.settings, ...machineSignIn },
        env: emulator.info.environment,
      });
      try {
        await emulator.clearRequests();
        const clicked = performance.now();
        const tree = await workbench.openView('Azure');
        const [first] = await tree.rowsWhen('rows', (rows) => rows.length > 0);
        const rowsMs = performance.now() - clicked;
        const requests = (await emulator.requests()).length;
        const opened = performance.now();
        await tree.row(first?.label ?? '').expand();
        const servers = await tree.rowsWhen('states', (rows) => {
          const shown = rows.filter(({ level }) => level === 2);
          return shown.length > 0 && shown.every(({ description }) => description.includes('managed'));
        });
        const statesMs = performance.now() - opened;
        runs.push({ rowsMs, requests, statesMs, servers: servers.filter(({ level }) => level === 2).length });
      } finally {
        await workbench.close();
      }
    }
  } finally {
    await emulator.stop();
  }
  return runs;
}
