import * as vscode from 'vscode';
import { managementScope } from './cloud';
import { createProvider } from './provider';

const cloudOfTests = 'microsoft-sovereign-cloud';
const providers: Readonly<Record<string, string>> = {
  microsoft: 'Microsoft',
  [cloudOfTests]: 'Microsoft Sovereign Cloud',
};

/** Stands in for VS Code's own microsoft-authentication: the same providers, for the emulator. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Test Sign-In', { log: true });
  const registered = Object.entries(providers).map(([id, label]) => {
    const provider = createProvider(id, context.globalStorageUri.fsPath, log);
    // VS Code calls the methods for challenges of every provider that says it has them.
    const options = { supportsMultipleAccounts: true, supportsChallenges: true };
    context.subscriptions.push(vscode.authentication.registerAuthenticationProvider(id, label, provider, options));
    return { id, provider };
  });
  const signIn = registered.find(({ id }) => id === cloudOfTests)?.provider;
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('testSignIn.signIn', () => signIn?.createSession([managementScope()], {})),
    vscode.commands.registerCommand('testSignIn.signOut', async () => {
      for (const { provider } of registered) await provider.signOut();
    }),
  );
}
