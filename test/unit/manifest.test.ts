import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { azureResources, commandIds, contextValues, settingsSection, viewId } from '../../src/ui/ids';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { commands, menus, views, viewsContainers, configuration } = manifest.contributes;
const words = Object.values(contextValues);
const items = Object.values(menus).flat();

describe('package.json', () => {
  it('contributes every command of the code and no other', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(commandIds).sort());
  });

  it('contributes the view to the Azure container that other extensions share', () => {
    assert.deepEqual(
      viewsContainers.activitybar.map(({ id }) => id),
      ['azure'],
    );
    assert.deepEqual(
      views.azure?.map(({ id }) => id),
      [viewId],
    );
  });

  it('names only commands that exist in its menus', () => {
    const known = new Set(commands.map(({ command }) => command));
    assert.deepEqual(
      items.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('asks in its when clauses only for this view and that of Azure Resources, and only for context values that rows have', () => {
    const views = [`view == ${viewId} `, `view =~ /^(${azureResources.viewIds.join('|')})$/ `];
    for (const { when = '' } of [...(menus['view/title'] ?? []), ...(menus['view/item/context'] ?? [])]) {
      assert.ok(
        views.some((view) => `${when} `.startsWith(view)),
        when,
      );
      // What other extensions call their nodes is theirs.
      if (!when.startsWith(`view == ${viewId}`)) continue;
      const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1];
      if (pattern !== undefined) {
        const asked = pattern.replaceAll(/\\b|[()]/g, '').split('|');
        assert.deepEqual(
          asked.filter((word) => !words.some((known) => known === word)),
          [],
        );
      }
    }
  });

  it('offers in the palette everything but what only makes sense on a row', () => {
    const hidden = menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command);
    assert.deepEqual(hidden, [commandIds.refreshNode, commandIds.retry, commandIds.showServer]);
  });

  it('gives an icon to every command shown as a button', () => {
    const buttons = Object.values(menus)
      .flat()
      .filter((item) => 'group' in item && /^(inline|navigation)/.test(String(item.group)));
    assert.ok(buttons.length > 0);
    for (const { command } of buttons) {
      assert.ok(commands.find((known) => known.command === command)?.icon, command);
    }
  });

  it('takes every text from package.nls.json, and leaves none there unused', () => {
    const nls = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
    assert.ok(commands.every(({ title }) => /^%.+%$/.test(title)));
  });

  it('lets no workspace decide how to sign in', () => {
    const properties = Object.entries(configuration.properties);
    assert.ok(properties.length > 0);
    for (const [name, { scope }] of properties) {
      assert.ok(name.startsWith(`${settingsSection}.`));
      assert.equal(scope, 'application', name);
    }
  });

  it('costs nothing at startup: no activation event', () => {
    assert.deepEqual(manifest.activationEvents, []);
  });
});

describe('translatable texts', () => {
  it('are all in l10n/bundle.l10n.json (npm run l10n writes it)', async () => {
    const { getL10nJson } = await import('@vscode/l10n-dev');
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const sources = files.map((file) => ({ extension: '.ts' as const, contents: readFileSync(`src/${file}`, 'utf8') }));
    const expected = await getL10nJson(sources);
    const actual: unknown = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8'));
    assert.deepEqual(actual, expected);
  });
});
