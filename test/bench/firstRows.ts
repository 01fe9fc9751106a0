import { spawnEmulator } from '../emulator/emulatorProcess';
import { machineSignIn, vsix } from '../vscode';
import { launchWorkbench } from '../vscode-host/driver/launch';

/** The measurements of one VS Code; times in milliseconds. */
export interface FirstRowsRun {
  /** From a click on the Azure icon in a new window to the rows. Includes the start of the extension host. */
  readonly rowsMs: number;
  /** From a click on Retry to the rows, in an idle window. */
  readonly againMs: number;
  /** Requests to Azure before the first rows. */
  readonly requests: number;
  /** From a click on a subscription to the state of its visible servers. */
  readonly statesMs: number;
  readonly servers: number;
}

/** Starts a new VS Code for each run, on the large estate. */
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
        await emulator.addFault({ match: { path: '^/subscriptions$' }, status: 403, code: 'Once', times: 1 });
        await tree.titleAction('Refresh');
        const failure = tree.row('Failed with code Once');
        await failure.state();
        const retried = performance.now();
        await failure.inlineAction('Retry');
        await failure.gone();
        await tree.row(first?.label ?? '').state();
        const againMs = performance.now() - retried;
        const opened = performance.now();
        await tree.row(first?.label ?? '').expand();
        const servers = await tree.rowsWhen('states', (rows) => {
          const shown = rows.filter(({ level }) => level === 2);
          return shown.length > 0 && shown.every(({ description }) => description !== '');
        });
        const statesMs = performance.now() - opened;
        runs.push({ rowsMs, againMs, requests, statesMs, servers: servers.filter(({ level }) => level === 2).length });
      } finally {
        await workbench.close();
      }
    }
  } finally {
    await emulator.stop();
  }
  return runs;
}
