import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import { findServerKey, serverKeyRequest } from '../creation/creation';
import type { ErrorCode } from '../errors/errorCatalogue';
import type { Finding } from '../errors/finding';
import { shortServerKeyName } from '../keys/serverKeyName';
import type { ServerKey, SqlServer } from '../model';
import { notChecked, type Check, type ServerCheck } from './check';
import { isAbsent } from './facts';

const gone: readonly ErrorCode[] = [
  'SubscriptionDoesNotHaveServer',
  'ServerNotInSubscriptionResourceGroup',
  'ResourceNotFound',
];
const busy: readonly ErrorCode[] = [
  'ConflictingServerOperation',
  'OperationInterrupted',
  'UpsertLogicalServerRequestAlreadyInProgress',
];
const taken: readonly ErrorCode[] = ['ServerKeyNameAlreadyExists', 'ServerKeyUriAlreadyExists'];

/** Does the server still exist at its ARM ID, and is it enabled? */
export const serverCheck: ServerCheck = ({ server: { name, resourceGroup } }, { server, elsewhere }) => {
  if (isAbsent(server)) {
    const now = elsewhere?.value;
    const text = now
      ? l10n.t('"{0}" has moved from resource group "{1}" to "{2}"', name, resourceGroup, now.resourceGroup)
      : l10n.t('There is no server "{0}" in resource group "{1}"', name, resourceGroup);
    const detail = l10n.t('Refresh the tree, then select the server again.');
    return [{ outcome: 'fail', text, detail, codes: [...gone, 'ParentResourceNotFound', 'ResourceGroupNotFound'] }];
  }
  if (server.error) {
    return [notChecked(l10n.t('state and identity of "{0}"', name), server.error, [...gone, 'ServerDisabled'])];
  }
  return server.value.state === 'Disabled'
    ? [{ outcome: 'fail', text: l10n.t('"{0}" is disabled', name), codes: ['ServerDisabled'] }]
    : [{ outcome: 'pass', text: l10n.t('"{0}" exists and is ready', name), codes: [...gone, 'ServerDisabled'] }];
};

/** Is another operation in progress? A server runs only one at a time. */
export const operationsCheck: ServerCheck = ({ server }, { operations }) => {
  if (operations.error) {
    return isAbsent(operations)
      ? []
      : [notChecked(l10n.t('operations in progress on "{0}"', server.name), operations.error, busy)];
  }
  const [first] = operations.value;
  return first
    ? [
        {
          outcome: 'fail',
          text: l10n.t('Another operation is in progress on "{0}": {1}', server.name, first.name),
          codes: busy,
          fixes: [{ kind: 'waitForOperation', server }],
        },
      ]
    : [{ outcome: 'pass', text: l10n.t('No other operation is in progress on "{0}"', server.name), codes: busy }];
};

/** Does the server already have this server key, or one that conflicts with it? */
export const registeredCheck: Check = (creation, { serverKeys }) => {
  const { server, key } = creation;
  if (serverKeys.error) {
    return isAbsent(serverKeys)
      ? []
      : [notChecked(l10n.t('server keys of "{0}"', server.name), serverKeys.error, taken)];
  }
  const { name } = serverKeyRequest(creation);
  const byUri = findServerKey(serverKeys.value, key);
  const byName = serverKeys.value.find((serverKey) => sameId(serverKey.name, name));
  if (byUri && byUri === byName) {
    return [{ outcome: 'pass', text: l10n.t('"{0}" already has this server key', server.name), codes: taken }];
  }
  return [conflict(server, byName, byUri)];
};

function conflict({ name }: SqlServer, byName: ServerKey | undefined, byUri: ServerKey | undefined): Finding {
  if (byName) {
    const short = shortServerKeyName(byName.name);
    return {
      outcome: 'fail',
      text: l10n.t('"{0}" already has a server key "{1}" that uses another key', name, short),
      codes: ['ServerKeyNameAlreadyExists'],
    };
  }
  return byUri
    ? {
        outcome: 'fail',
        text: l10n.t('"{0}" already has this key as server key "{1}"', name, shortServerKeyName(byUri.name)),
        codes: ['ServerKeyUriAlreadyExists'],
      }
    : { outcome: 'pass', text: l10n.t('No server key of "{0}" conflicts with the new one', name), codes: taken };
}
