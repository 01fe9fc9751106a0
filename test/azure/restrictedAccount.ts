import assert from 'node:assert/strict';
import type { SqlServer } from '../../src/core/model';
import type { KeyVault } from '../../src/core/vaultModel';
import type { NeededAction } from '../../src/core/neededActions';
import type { State } from '../emulator/base/state';
import { guidOf } from '../emulator/base/ids';
import { emulator, findServer, findVault, resetEmulator, type Connected } from './connection';

type Place = NeededAction['at'];

/** The resources of the places where a role may be assigned. */
export interface Resources {
  readonly server: SqlServer;
  readonly replica: SqlServer;
  readonly vault: KeyVault;
}

/** Finds resources with an account that may do everything. */
export const findResources = async (
  azure: Connected,
  server: string,
  replica: string,
  vault: string,
): Promise<Resources> => ({
  server: await findServer(azure, server),
  replica: await findServer(azure, replica),
  vault: await findVault(azure, vault),
});

const groupOf = (id: string): string => id.split('/').slice(0, 5).join('/');

const scopesOf = ({ server, replica, vault }: Resources): Readonly<Record<Place, string>> => ({
  subscription: server.id.split('/').slice(0, 3).join('/'),
  server: server.id,
  serverGroup: groupOf(server.id),
  replica: replica.id,
  replicaGroup: groupOf(replica.id),
  vault: vault.id,
  vaultGroup: groupOf(vault.id),
});

/** Replaces the roles of the signed-in account by one custom role for each place, with exactly these actions. */
function restrict(state: State, resources: Resources, actions: readonly NeededAction[]): void {
  state.roleAssignments = state.roleAssignments.filter(({ principalId }) => principalId !== state.caller);
  for (const [place, scope] of Object.entries(scopesOf(resources))) {
    const id = guidOf(`role at the ${place}`);
    const own = actions.filter(({ at }) => at === place).map(({ action }) => action);
    state.roleDefinitions.push({
      ...{ id, roleName: place, description: '', actions: own, notActions: [], dataActions: [] },
    });
    state.roleAssignments.push({ name: id, scope, principalId: state.caller, roleId: id });
  }
}

/** Resets the emulator to a state in which the account may do only this. Returns what no refused command may change. */
export async function restrictAccount(
  state: State,
  resources: Resources,
  actions: readonly NeededAction[],
): Promise<Changeable> {
  const restricted = structuredClone(state);
  restrict(restricted, resources, actions);
  await resetEmulator(restricted);
  return changeable(restricted);
}

type Changeable = Pick<State, 'servers' | 'vaults' | 'roleAssignments'>;

const changeable = ({ servers, vaults, roleAssignments }: State): Changeable => ({ servers, vaults, roleAssignments });

export const changeableState = async (): Promise<Changeable> => changeable(await emulator.state());

/** Fails if no text names the action. */
export function assertNames(texts: readonly (string | undefined)[], action: string): void {
  const pattern = new RegExp(action.replaceAll('.', '\\.').replaceAll('*', '\\w+'));
  assert.ok(
    texts.some((text) => pattern.test(text ?? '')),
    `${action} is not in ${JSON.stringify(texts, undefined, 1)}`,
  );
}
