import fastify from 'fastify';
import { sendFrameworkError } from './arm/frameworkErrors';
import { serveArm } from './arm/gateway';
import { parseQuery, plainUrl } from './arm/requestUrl';
import type { Emulator } from './base/emulator';
import type { Certificate } from './certificate';
import { serveControl } from './control';
import { serveDirectory } from './directory/serveDirectory';
import { resourceGraphRoutes } from './graph/resourceGraph';
import { authorizationRoutes } from './routes/authorization';
import { rotateProtectors } from './routes/automaticRotation';
import { accessPolicyRoutes } from './routes/accessPolicies';
import { activityLogRoutes } from './routes/activityLog';
import { changeFailoverGroupRoutes } from './routes/changeFailoverGroup';
import { createDatabaseRoutes } from './routes/createDatabase';
import { createHsmRoutes } from './routes/createHsm';
import { createInstanceRoutes } from './routes/createInstance';
import { createServerRoutes } from './routes/createServer';
import { createVaultRoutes } from './routes/createVault';
import { databaseKeyRoutes } from './routes/databaseKeys';
import { databaseRoutes } from './routes/databases';
import { deletedServerRoutes } from './routes/deletedServers';
import { deletedVaultRoutes } from './routes/deletedVaults';
import { encryptionProtectorRoutes } from './routes/encryptionProtector';
import { failoverGroupRoutes } from './routes/failoverGroups';
import { identityRoutes } from './routes/identities';
import { instanceFailoverGroupRoutes } from './routes/instanceFailoverGroups';
import { denyAssignmentRoutes } from './routes/denyAssignments';
import { lockRoutes } from './routes/locks';
import { longTermRetentionBackupRoutes } from './routes/longTermRetentionBackups';
import { managedInstanceRoutes } from './routes/managedInstances';
import { providerRoutes } from './routes/providers';
import { operationResultRoutes } from './routes/operationResults';
import { regionRoutes } from './routes/regions';
import { replicationLinkRoutes } from './routes/replicationLinks';
import { restorableDatabaseRoutes } from './routes/restorableDatabases';
import { retentionPolicyRoutes } from './routes/retentionPolicies';
import { resourceRoutes } from './routes/resources';
import { policyAssignmentRoutes } from './routes/policyAssignments';
import { policyRoutes } from './routes/policies';
import { roleAssignmentRoutes } from './routes/roleAssignments';
import { serverKeyRoutes } from './routes/serverKeys';
import { serverOperationRoutes } from './routes/serverOperations';
import { serverRoutes } from './routes/servers';
import { subscriptionRoutes } from './routes/subscriptions';
import { transparentDataEncryptionRoutes } from './routes/transparentDataEncryption';
import { updateServerRoutes } from './routes/updateServer';
import { updateVaultRoutes } from './routes/updateVault';
import { vaultKeyRoutes } from './routes/vaultKeys';
import { vaultRoutes } from './routes/vaults';
import { serveVaults } from './vaultPlane/serveVaults';

/** All routes of ARM, except those that list the resource types of the others. A new resource type adds its table here. */
const resourceTypeRoutes = [
  ...subscriptionRoutes,
  ...regionRoutes,
  ...resourceGraphRoutes,
  ...serverRoutes,
  ...updateServerRoutes,
  ...createServerRoutes,
  ...deletedServerRoutes,
  ...serverOperationRoutes,
  ...operationResultRoutes,
  ...serverKeyRoutes,
  ...encryptionProtectorRoutes,
  ...databaseRoutes,
  ...databaseKeyRoutes,
  ...createDatabaseRoutes,
  ...transparentDataEncryptionRoutes,
  ...replicationLinkRoutes,
  ...retentionPolicyRoutes,
  ...restorableDatabaseRoutes,
  ...longTermRetentionBackupRoutes,
  ...failoverGroupRoutes,
  ...changeFailoverGroupRoutes,
  ...managedInstanceRoutes,
  ...createInstanceRoutes,
  ...instanceFailoverGroupRoutes,
  ...vaultRoutes,
  ...updateVaultRoutes,
  ...createVaultRoutes,
  ...createHsmRoutes,
  ...deletedVaultRoutes,
  ...accessPolicyRoutes,
  ...vaultKeyRoutes,
  ...identityRoutes,
  ...authorizationRoutes,
  ...roleAssignmentRoutes,
  ...denyAssignmentRoutes,
  ...lockRoutes,
  ...activityLogRoutes,
  ...policyRoutes,
  ...policyAssignmentRoutes,
  ...resourceRoutes,
];

/** All routes of ARM. */
export const armRoutes = [...resourceTypeRoutes, ...providerRoutes(resourceTypeRoutes)];

/** Creates the HTTPS server of the control API, the directory and ARM. */
export function buildServer(emulator: Emulator, { key, cert }: Certificate) {
  emulator.background = (now) => {
    rotateProtectors(emulator, now);
  };
  const server = fastify({
    https: { key, cert },
    // Connections that a fault keeps open must not prevent the emulator from stopping.
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    rewriteUrl: ({ url = '' }) => plainUrl(url),
    bodyLimit: 4 * 2 ** 20,
    frameworkErrors: (error, _request, reply) => {
      sendFrameworkError(error, reply);
    },
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      maxParamLength: 5000,
      querystringParser: parseQuery,
    },
  });
  // Bodies stay text: ARM has its own answer to invalid JSON, and token requests are forms.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  void server.register((control, _options, done) => {
    serveControl(control, emulator);
    done();
  });
  void server.register((directory, _options, done) => {
    serveDirectory(directory, emulator);
    done();
  });
  void server.register((vaults, _options, done) => {
    serveVaults(vaults, emulator);
    done();
  });
  void server.register((arm, _options, done) => {
    serveArm(arm, emulator, armRoutes);
    done();
  });
  return server;
}
