import * as vscode from 'vscode';
import { createProvider } from './provider';

const providers: Readonly<Record<string, string>> = {
  microsoft: 'Microsoft',
  'microsoft-sovereign-cloud': 'Microsoft Sovereign Cloud',
};

/** Registers the providers of VS Code's own microsoft-authentication, for the emulator. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Test Sign-In', { log: true });
  const registered = Object.entries(providers).map(([id, label]) => {
    const provider = createProvider(id, context.globalStorageUri.fsPath, log);
    // With this option VS Code calls the methods for challenges.
    const options = { supportsMultipleAccounts: true, supportsChallenges: true };
    context.subscriptions.push(vscode.authentication.registerAuthenticationProvider(id, label, provider, options));
    return provider;
  });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('testSignIn.signOut', async () => {
      for (const provider of registered) await provider.signOut();
    }),
  );
}
