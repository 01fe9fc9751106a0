import * as l10n from '@vscode/l10n';
import { sameId } from '../armId';
import type { ErrorCode } from '../errors/errorCatalogue';
import { findServerKey } from '../creation/creation';
import { shortServerKeyName } from '../keys/serverKeyName';
import { isAbsent, type Facts } from './facts';
import type { Finding } from '../errors/finding';
import { notChecked, type Check } from './check';

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

/** Is the server where it is looked for, and does it take changes? */
export const serverCheck: Check = ({ place, server, elsewhere }) => {
  const { name, resourceGroup } = place;
  if (isAbsent(server)) {
    const now = elsewhere?.value;
    const text = now
      ? l10n.t('"{0}" is not in resource group "{1}" any more: it is in "{2}"', name, resourceGroup, now.resourceGroup)
      : l10n.t('There is no server "{0}" in resource group "{1}"', name, resourceGroup);
    const detail = l10n.t('Refresh the tree and choose again.');
    return [{ outcome: 'fail', text, detail, codes: [...gone, 'ParentResourceNotFound', 'ResourceGroupNotFound'] }];
  }
  if (server.error) {
    return [notChecked(l10n.t('state and identity of "{0}"', name), server.error, [...gone, 'ServerDisabled'])];
  }
  return server.value.state === 'Disabled'
    ? [{ outcome: 'fail', text: l10n.t('"{0}" is disabled', name), codes: ['ServerDisabled'] }]
    : [{ outcome: 'pass', text: l10n.t('"{0}" is there and ready', name), codes: [...gone, 'ServerDisabled'] }];
};

/** Is Azure SQL at work on the server, which does one thing at a time? */
export const operationsCheck: Check = ({ place, operations }) => {
  if (operations.error) {
    return isAbsent(operations)
      ? []
      : [notChecked(l10n.t('running operations of "{0}"', place.name), operations.error, busy)];
  }
  const [first] = operations.value;
  return first
    ? [
        {
          outcome: 'fail',
          text: l10n.t('Azure SQL is still at work on "{0}": {1}', place.name, first.name),
          codes: busy,
          fixes: [{ kind: 'waitForOperation', server: place }],
        },
      ]
    : [{ outcome: 'pass', text: l10n.t('No other operation is running on "{0}"', place.name), codes: busy }];
};

/** Does the server have this key, or another one in its place? */
export const registeredCheck: Check = (facts) => {
  const { place, serverKeys, key } = facts;
  if (serverKeys.error) {
    return isAbsent(serverKeys)
      ? []
      : [notChecked(l10n.t('server keys of "{0}"', place.name), serverKeys.error, taken)];
  }
  const byUri = key && findServerKey(serverKeys.value, key);
  const byName = serverKeys.value.find(({ name }) => sameId(name, facts.request.name));
  if (byUri && byUri === byName) {
    return [{ outcome: 'pass', text: l10n.t('The server key is already on "{0}"', place.name), codes: taken }];
  }
  return conflict(facts, byName?.name, byUri?.name);
};

function conflict({ place }: Facts, byName: string | undefined, byUri: string | undefined): readonly Finding[] {
  const other = byName ?? byUri;
  if (other === undefined) {
    return [{ outcome: 'pass', text: l10n.t('No server key of "{0}" is in the way', place.name), codes: taken }];
  }
  const short = shortServerKeyName(other);
  return [
    byName === undefined
      ? {
          outcome: 'fail',
          text: l10n.t('"{0}" has this key already, under the name "{1}"', place.name, short),
          codes: ['ServerKeyUriAlreadyExists'],
        }
      : {
          outcome: 'fail',
          text: l10n.t('"{0}" has a server key "{1}" already, with another key', place.name, short),
          codes: ['ServerKeyNameAlreadyExists'],
        },
  ];
}
