import * as l10n from '@vscode/l10n';
import { databaseId } from '../armId';
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
  const { method, path, properties, result, query } = requestOf(step);
  return [
    `# ${titleLine(step)}`,
    restCommand(method, urlOf(path, version), properties && { properties }),
    `# ${l10n.t('Azure makes the change after it has answered. Continue when this command shows it.')}`,
    restQuery(urlOf(result, version), query),
  ];
}

interface Request {
  readonly method: 'put' | 'patch' | 'post' | 'delete';
  readonly path: string;
  readonly properties?: object;
  /** The path of what shows whether the change is made, and where. */
  readonly result: string;
  readonly query: string;
}

function requestOf(step: ChangingStep): Request {
  const { id } = step.server;
  const databases = { result: `${id}/databases`, query: 'value[].[name,properties.status]' };
  switch (step.kind) {
    case 'createServerKey':
    case 'setProtector':
    case 'useServiceManagedKey': {
      const { type, name, properties } = resourceOf(step);
      const path = `${id}/${type}/${name}`;
      const query = step.kind === 'useServiceManagedKey' ? 'properties.serverKeyType' : 'properties.uri';
      return { method: 'put', path, properties, result: path, query };
    }
    case 'deleteServerKey': {
      const keys = `${id}/keys`;
      const path = `${keys}/${serverKeyNameOf(step.keyIdentifier)}`;
      return { method: 'delete', path, result: keys, query: 'value[].name' };
    }
    case 'revalidateProtector':
      return { method: 'post', path: `${id}/encryptionProtector/current/revalidate`, ...databases };
    case 'setDatabaseProtector': {
      const path = databaseId(step.server, step.database);
      const { keyIdentifier: encryptionProtector, autoRotation: encryptionProtectorAutoRotation } = step;
      const properties = { encryptionProtector, encryptionProtectorAutoRotation };
      return { method: 'patch', path, properties, result: path, query: 'properties.encryptionProtector' };
    }
    case 'revalidateDatabase':
    case 'revertDatabase': {
      const verb = step.kind === 'revalidateDatabase' ? 'revalidate' : 'revert';
      const database = databaseId(step.server, step.database);
      return {
        method: 'post',
        path: `${database}/encryptionProtector/current/${verb}`,
        result: database,
        query: verb === 'revert' ? 'properties.encryptionProtector' : 'properties.status',
      };
    }
  }
}

/** Percent-encodes characters that IDs in Azure don't contain. */
const urlOf = (id: string, version: string): string =>
  `${id.replace(/[^\p{L}\p{N}/_.()-]+/gu, encoded)}?api-version=${version}`;

const encoded = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
