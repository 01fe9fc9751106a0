import * as vscode from 'vscode';
import { dba, ops } from '../emulator/seeds/demoNames';
import type { User } from '../emulator/base/state';
import type { Asked } from './asked';
import { authority } from './cloud';
import { type Granted, requestToken, secondFactorNeeded, TokenRefused } from './tokenEndpoint';

/** The users of the emulator's seeds. */
const users: readonly User[] = [dba, ops];

export interface SignedIn {
  user: User;
  granted: Granted;
}

async function pickUser(): Promise<User> {
  const name = await vscode.window.showQuickPick(
    users.map((user) => user.name),
    { title: 'Sign in to Microsoft', placeHolder: 'Pick an account', ignoreFocusOut: true },
  );
  const user = users.find((one) => one.name === name);
  if (!user) throw new vscode.CancellationError();
  return user;
}

function userNamed(name: string): User {
  const user = users.find((one) => one.name === name);
  if (!user) throw new Error(`The seeds have no user ${name}.`);
  return user;
}

async function approve(user: User): Promise<string> {
  const yes = 'Approve';
  const detail = `Confirm the sign-in of ${user.name} with a second factor.`;
  const choice = await vscode.window.showInformationMessage(
    'Approve the sign-in request',
    { modal: true, detail },
    yes,
  );
  if (choice !== yes) throw new vscode.CancellationError();
  return user.otp;
}

/** Replaces the browser: asks for the account, and for the second factor if the directory requires one. */
export async function signIn(asked: Asked, name?: string): Promise<SignedIn> {
  const user = name === undefined ? await pickUser() : userNamed(name);
  const proof = { grant_type: 'password', username: user.name, password: user.password };
  try {
    return { user, granted: await requestToken(authority(), asked, proof) };
  } catch (error) {
    if (!(error instanceof TokenRefused) || !error.codes.includes(secondFactorNeeded)) throw error;
    const otp = await approve(user);
    return { user, granted: await requestToken(authority(), asked, { ...proof, otp }) };
  }
}
