import * as l10n from '@vscode/l10n';
import { databaseId, isInstanceId } from '../../core/armId';
import type { Diagnosis } from '../../core/errors/diagnose';
import { isInaccessible, isProtectorOf, sortedKeys } from '../../core/keys/databaseProtector';
import { keyLabel, parseServerKeyName, serverKeyNameOf } from '../../core/keys/serverKeyName';
import type { DatabaseKey, DatabaseState, KeyedDatabase } from '../../core/model';
import type { Azure } from '../../core/ports';
import { remembered, type Remembered } from '../../core/remembered';
import { utcMinute } from '../../core/text';
import { contextValues } from '../ids';
import { inOneLine, tooltipOf, type Description } from './description';
import { isInManagedHsm, versionOf } from './describeServer';
import type { DatabaseKeyNode, DatabaseNode, FailureNode, ServerNode } from './nodes';

/** What reading the databases needs from the tree. */
export interface DatabaseHost {
  readonly azure: Remembered<Azure>;
  /** Diagnoses and logs a failure. */
  readonly logFailure: (error: unknown) => Promise<Diagnosis>;
  /** Gets the names of the inaccessible databases of a server. */
  readonly onInaccessible: (server: ServerNode, names: readonly string[]) => void;
  /** Makes VS Code request the rows of a server again. */
  readonly redraw: (server: ServerNode) => void;
}

type Lists<Parent extends object, Row> = WeakMap<Parent, Remembered<readonly (Row | FailureNode)[]>>;

/** Reads the databases with their own TDE protectors once for each row of a server, and their keys when they are expanded. */
export class DatabaseRows {
  readonly #databases: Lists<ServerNode, DatabaseNode> = new WeakMap();
  readonly #keys: Lists<DatabaseNode, DatabaseKeyNode> = new WeakMap();
  readonly #shown = new WeakMap<ServerNode, readonly (DatabaseNode | FailureNode)[]>();

  constructor(private readonly host: DatabaseHost) {}

  /**
   * The rows that are known. The server keys don't wait for the others: VS Code requests the rows again when they have been read.
   * @param failures what the server shows already
   */
  below(server: ServerNode, failures: readonly Diagnosis[]): readonly (DatabaseNode | FailureNode)[] {
    if (canHaveOwnKeys(server)) void this.#read(server);
    const isNew = (row: DatabaseNode | FailureNode): boolean =>
      row.kind === 'database' || failures.every(({ code }) => code !== row.diagnosis.code);
    return (this.#shown.get(server) ?? []).filter(isNew);
  }

  keysOf(database: DatabaseNode): Promise<readonly (DatabaseKeyNode | FailureNode)[]> {
    return this.#list(this.#keys, database, async ({ databaseKeys }, signal) => {
      return keyNodes(database, await databaseKeys.get(database.parent.server, database.database.name, signal));
    });
  }

  /** Reads the databases of a server again when its rows are requested the next time. */
  forget(server: ServerNode): void {
    this.#databases.get(server)?.forget();
  }

  async #read(parent: ServerNode): Promise<void> {
    const rows = await this.#list(this.#databases, parent, async ({ backups }, signal) => {
      const databases = await backups.listDatabases(parent.server, signal);
      this.host.onInaccessible(
        parent,
        databases.filter(isInaccessible).map(({ name }) => name),
      );
      return databaseNodes(parent, databases);
    });
    const before = this.#shown.get(parent);
    if (rows === before) return;
    this.#shown.set(parent, rows);
    if (rows.length > 0 || (before && before.length > 0)) this.host.redraw(parent);
  }

  #list<Parent extends ServerNode | DatabaseNode, Row>(
    lists: Lists<Parent, Row>,
    parent: Parent,
    read: (azure: Azure, signal: AbortSignal) => Promise<readonly Row[]>,
  ): Promise<readonly (Row | FailureNode)[]> {
    const load = async (signal: AbortSignal): Promise<readonly (Row | FailureNode)[]> => {
      try {
        return await read(await this.host.azure.get(), signal);
      } catch (error) {
        signal.throwIfAborted();
        return [{ kind: 'failure', parent, diagnosis: await this.host.logFailure(error), others: [] }];
      }
    };
    const list = lists.get(parent) ?? remembered(load);
    lists.set(parent, list);
    return list.get();
  }
}

/** Managed instances and Synapse don't have database-level keys. */
const canHaveOwnKeys = ({ server: { id, synapseWorkspace } }: ServerNode): boolean =>
  !isInstanceId(id) && synapseWorkspace === undefined;

const databaseNodes = (parent: ServerNode, databases: readonly DatabaseState[]): readonly DatabaseNode[] =>
  databases
    .filter(({ protector }) => protector)
    .map((database) => ({ kind: 'database', parent, database, row: describeDatabase(parent, database) }));

function describeDatabase({ server }: ServerNode, { name, status, protector }: DatabaseState): Description {
  const isLost = isInaccessible({ status });
  const description = inOneLine(
    isLost && l10n.t('inaccessible'),
    l10n.t('database-level'),
    !isLost && l10n.t('CMK'),
    protector?.autoRotation && l10n.t('auto'),
  );
  return {
    id: databaseId(server, name),
    label: name,
    description,
    tooltip: tooltipOf(name, description, [
      isLost && l10n.t("Azure can't use the TDE protector of the database, so the database is inaccessible."),
      protector?.autoRotation
        ? l10n.t('The database has its own TDE protector, a customer-managed key (CMK) that rotates automatically.')
        : l10n.t('The database has its own TDE protector, a customer-managed key (CMK).'),
      protector && l10n.t('TDE protector: {0}', protector.uri),
      l10n.t('Status: {0}', status),
    ]),
    icon: isLost ? 'error' : 'database',
    ...(isLost && { severity: 'error' as const }),
    contextValue: [
      contextValues.database,
      protector?.autoRotation ? contextValues.autoRotation : contextValues.noAutoRotation,
    ].join(' '),
    children: 'collapsed',
  };
}

const keyNodes = (parent: DatabaseNode, database: KeyedDatabase): readonly DatabaseKeyNode[] =>
  sortedKeys(database).map((key) => {
    const row = describeKey(parent, key, isProtectorOf(database, key));
    return { kind: 'databaseKey', parent, key, row };
  });

function describeKey(
  { row }: DatabaseNode,
  { uri, thumbprint, created }: DatabaseKey,
  isProtector: boolean,
): Description {
  const name = parseServerKeyName(serverKeyNameOf(uri));
  const label = keyLabel(uri);
  const description = inOneLine(
    isProtector ? l10n.t('protector') : l10n.t('available'),
    name && versionOf(name.version),
    isInManagedHsm(uri) && l10n.t('managed HSM'),
  );
  return {
    id: `${row.id}/keys/${uri}`,
    label,
    description,
    tooltip: tooltipOf(label, description, [
      l10n.t('Key identifier: {0}', uri),
      thumbprint !== undefined && l10n.t('Thumbprint: {0}', thumbprint),
      created && l10n.t('Created: {0}', utcMinute(created)),
    ]),
    icon: isProtector ? 'shield' : 'key',
    contextValue: contextValues.databaseKey,
    children: 'none',
  };
}
