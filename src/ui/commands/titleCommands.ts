import { commandIds } from '../ids';

/** The commands in the title bar of the view. */
export const titleCommands: readonly string[] = [
  commandIds.createServerKey,
  commandIds.findServer,
  commandIds.showAllServers,
  commandIds.refresh,
  commandIds.showAttention,
  commandIds.selectSubscriptions,
  commandIds.groupBySubscription,
  commandIds.groupByResourceGroup,
  commandIds.checkKeyVersions,
  commandIds.signIn,
  commandIds.signInWithAzureIdentity,
  commandIds.showOperations,
  commandIds.explainError,
  commandIds.showLog,
];
