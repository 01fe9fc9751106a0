import * as l10n from '@vscode/l10n';
import type { CatalogueTable } from '../catalogueRow';
import { fixAgain, fixDatabaseState, fixInaccessible, fixSupport } from './commonTexts';
import { pageConnectivity, pageMessages, pageOverview } from './pages';

const fixGenerate = () => l10n.t('Generate a new RSA key of 2048 or 3072 bits in the vault instead of importing one.');

/** Error numbers of Azure SQL for which no code is published. */
export const numberedErrors = {
  '40613': {
    retryMode: 'auto',
    page: pageConnectivity,
    command: 'showDatabaseStatus',
    texts: ({ server }) => ({
      title: l10n.t('Database not available right now'),
      what: l10n.t('A database on the server{0} accepts no connections right now.', server),
      cause: l10n.t(
        'Usually, it fails over or scales, which takes less than a minute. If it lasts, its key may have become unusable.',
      ),
      steps: [
        l10n.t('Connect again after a few seconds.'),
        l10n.t('If it lasts longer, look for MakeDatabaseInaccessible in the activity log.'),
        fixDatabaseState(),
        fixInaccessible(),
      ],
    }),
  },
  '45349': {
    retryMode: 'auto',
    page: pageMessages,
    command: 'showActivityLog',
    texts: ({ server }) => ({
      title: l10n.t('Certificate rotation in progress'),
      what: l10n.t('Azure is replacing a certificate of the server{0}.', server),
      cause: l10n.t("Microsoft's documentation says only that the operation isn't possible in the meantime."),
      steps: [fixAgain(), fixSupport()],
    }),
  },
  '45384': {
    retryMode: 'afterFix',
    page: pageOverview,
    command: 'createServerKeyOnPartner',
    texts: ({ server }) => ({
      title: l10n.t("Key outside the server's region"),
      what: l10n.t('The server{0} is linked to one whose key is in a vault of another region.', server),
      cause: l10n.t(
        "The message asks for a vault in each server's own region. Microsoft's current documentation no longer does.",
      ),
      steps: [
        l10n.t('Restore a backup of the key to a vault in the region that the message names.'),
        l10n.t('Create the server key from it on the server that the message names, then try again.'),
        l10n.t("If the regions are in different geographies, the backup can't be restored there: open a support case."),
      ],
    }),
  },
  '45594': {
    retryMode: 'afterFix',
    page: pageMessages,
    command: 'createVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('Public key not usable'),
      what: l10n.t("The server{0} can't read the public part of the key.", server),
      cause: l10n.t('The message shows its exponent and modulus. This happens with imported keys of an unusual form.'),
      steps: [fixGenerate(), fixSupport()],
    }),
  },
  '45595': {
    retryMode: 'afterFix',
    page: pageMessages,
    command: 'createVaultKey',
    texts: ({ server }) => ({
      title: l10n.t('RSA exponent not supported'),
      what: l10n.t("The server{0} doesn't support the public exponent of this RSA key.", server),
      cause: l10n.t(
        "The message names the exponent. Which ones are supported isn't documented; keys that vaults generate have 65537.",
      ),
      steps: [fixGenerate(), fixSupport()],
    }),
  },
} satisfies CatalogueTable;
