import * as l10n from '@vscode/l10n';
import { databaseId } from '../armId';
import { azCommand, serverValues } from '../cli/commands';
import { restCommand, restQuery } from '../cli/restCommand';
import { serverKeyNameOf } from '../keys/serverKeyName';
import type { AnyStep } from '../plan/singleStep';
import { apiVersionOf, resourceOf, notesLine, titleLine } from './exported';
import type { ChangingStep, Exported, Steps } from './exported';

/** The plan as requests to Azure Resource Manager, each followed by one that shows whether Azure has made the change. */
export function rest(plan: Steps): Exported {
  const version = apiVersionOf(plan);
  return {
    text: `${plan.steps.flatMap((step) => linesOf(step, version)).join('\n')}\n`,
    note: l10n.t('Copied as REST requests with API version {0}, which Azure CLI sends.', version),
  };
}

function linesOf(step: AnyStep, version: string): readonly string[] {
  if (step.kind === 'compareThumbprints') {
    const path = `/keys/${serverKeyNameOf(step.keyIdentifier)}`;
    const queries = step.servers.map(({ id }) => restQuery(urlOf(id + path, version), 'properties.thumbprint'));
    return [`# ${titleLine(step)}`, `# ${notesLine(step)}`, ...queries];
  }
  const { method, path, properties, shown } = requestOf(step);
  return [
    `# ${titleLine(step)}`,
    restCommand(method, urlOf(path, version), properties && { properties }),
    `# ${l10n.t('Azure makes the change after it has answered. Continue when this command shows it.')}`,
    typeof shown === 'string' ? shown : restQuery(urlOf(shown[0], version), shown[1]),
  ];
}

interface Request {
  readonly method: 'put' | 'patch' | 'post' | 'delete';
  readonly path: string;
  readonly properties?: object;
  /** What shows whether the change is made: where it is, by path and query, or a command. */
  readonly shown: readonly [path: string, query: string] | string;
}

function requestOf(step: ChangingStep): Request {
  const { id } = step.server;
  if ('database' in step) return databaseRequestOf(step);
  switch (step.kind) {
    case 'createServerKey':
    case 'setProtector':
    case 'useServiceManagedKey': {
      const { type, name, properties } = resourceOf(step);
      const path = `${id}/${type}/${name}`;
      const query = step.kind === 'useServiceManagedKey' ? 'properties.serverKeyType' : 'properties.uri';
      return { method: 'put', path, properties, shown: [path, query] };
    }
    case 'deleteServerKey': {
      const path = `${id}/keys/${serverKeyNameOf(step.keyIdentifier)}`;
      return { method: 'delete', path, shown: [`${id}/keys`, 'value[].name'] };
    }
    case 'revalidateProtector': {
      const path = `${id}/encryptionProtector/current/revalidate`;
      return { method: 'post', path, shown: [`${id}/databases`, 'value[].[name,properties.status]'] };
    }
  }
}

function databaseRequestOf(step: Extract<ChangingStep, { readonly database: string }>): Request {
  const { server, database } = step;
  const path = databaseId(server, database);
  const protectorPath = `${path}/encryptionProtector/current`;
  switch (step.kind) {
    case 'addDatabaseKey': {
      // A database shows its keys only with an option whose "&" the az of Windows doesn't pass on.
      const values = { ...serverValues(server), subscription: server.subscriptionId, database };
      const properties = { keys: { [step.keyIdentifier]: {} } };
      return { method: 'patch', path, properties, shown: azCommand('showDatabaseKeys', values) };
    }
    case 'setDatabaseProtector': {
      const { keyIdentifier: encryptionProtector, autoRotation: encryptionProtectorAutoRotation } = step;
      const properties = { encryptionProtector, encryptionProtectorAutoRotation };
      return { method: 'patch', path, properties, shown: [path, 'properties.encryptionProtector'] };
    }
    case 'revalidateDatabase':
      return { method: 'post', path: `${protectorPath}/revalidate`, shown: [path, 'properties.status'] };
    case 'revertDatabase':
      return { method: 'post', path: `${protectorPath}/revert`, shown: [path, 'properties.encryptionProtector'] };
  }
}

/** Percent-encodes characters that IDs in Azure don't contain. */
const urlOf = (id: string, version: string): string =>
  `${id.replace(/[^\p{L}\p{N}/_.()-]+/gu, encoded)}?api-version=${version}`;

const encoded = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
