import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import {
  azureResources,
  changingCommands,
  commandIds,
  contextValues,
  settingsSection,
  showsServersContext,
  signedInContext,
  stateColors,
  viewId,
} from '../../src/ui/ids';
import { titleCommands } from '../../src/ui/commands/titleCommands';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface WalkthroughStep {
  readonly id: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: unknown;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly colors: readonly { readonly id: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
    readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { colors, commands, menus, views, viewsContainers, configuration } = manifest.contributes;
const words = Object.values(contextValues);
const items = Object.values(menus).flat();

describe('package.json', () => {
  it('contributes exactly the commands in the code', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(commandIds).sort());
  });

  it('contributes exactly the colors in the code', () => {
    assert.deepEqual(
      colors.map(({ id }) => id),
      Object.values(stateColors),
    );
  });

  it('contributes the view to the Azure container, which other extensions share', () => {
    assert.deepEqual(
      viewsContainers.activitybar.map(({ id }) => id),
      ['azure'],
    );
    assert.deepEqual(
      views.azure?.map(({ id }) => id),
      [viewId],
    );
  });

  it('has a walkthrough of four steps, which existing commands and context keys complete, with pictures in the theme', () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['signIn', 'look', 'create', 'check'],
    );
    const known = [...Object.values(commandIds).map((id) => `onCommand:${id}`)];
    known.push(...[signedInContext, showsServersContext].map((key) => `onContext:${key}`));
    for (const { media, completionEvents } of steps) {
      assert.deepEqual(
        completionEvents.filter((event) => !known.includes(event)),
        [],
      );
      const colors = readFileSync(media.svg, 'utf8').match(/(?:fill|stroke)="[^"]*"/g) ?? [];
      assert.ok(colors.length > 2 && colors.every((color) => color.includes('var(--vscode-')), media.svg);
    }
  });

  it('has at most three icons in the title of the view, whether it shows all servers or only some', () => {
    const icons = (menus['view/title'] ?? []).filter(({ group = '' }) => group.startsWith('navigation'));
    const atOnce = (hidden: RegExp) =>
      icons.filter(({ when = '' }) => !hidden.test(when)).map(({ command }) => command);
    const { createServerKey, findServer, showAllServers, refresh } = commandIds;
    assert.deepEqual(atOnce(/&& sqlServerKeys\.onlyAttention/), [createServerKey, findServer, refresh]);
    assert.deepEqual(atOnce(/!sqlServerKeys\.onlyAttention/), [createServerKey, showAllServers, refresh]);
  });

  it('has one button in the welcome text of a user who is not signed in', () => {
    const { 'welcome.notSignedIn': welcome } = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<
      string,
      string
    >;
    // VS Code makes a button of a link that stands alone on its line.
    assert.equal(welcome?.split('\n').filter((line) => /^\[[^\]]*\]\([^)]*\)$/.test(line)).length, 1);
  });

  it('has only existing commands in its menus', () => {
    const known = new Set(commands.map(({ command }) => command));
    assert.deepEqual(
      items.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('uses only known views and context values in when clauses', () => {
    const views = [`view == ${viewId} `, `view =~ /^(${azureResources.viewIds.join('|')})$/ `];
    for (const { when = '' } of [...(menus['view/title'] ?? []), ...(menus['view/item/context'] ?? [])]) {
      assert.ok(
        views.some((view) => `${when} `.startsWith(view)),
        when,
      );
      // Other extensions choose the context values of their nodes.
      if (!when.startsWith(`view == ${viewId}`)) continue;
      for (const [, pattern = ''] of when.matchAll(/viewItem =~ \/([^/]*)\//g)) {
        const used = pattern.replaceAll(/\\b|[()]/g, '').split('|');
        assert.deepEqual(
          used.filter((word) => !words.some((known) => known === word)),
          [],
        );
      }
    }
  });

  it('hides from the palette only commands that need a row', () => {
    const hidden = menus.commandPalette?.filter(({ when }) => when === 'false').map(({ command }) => command);
    assert.deepEqual(hidden, [
      commandIds.checkKeyVersionsOfRows,
      commandIds.refreshNode,
      commandIds.retry,
      commandIds.showServer,
    ]);
  });

  it('knows the commands in the title bar of the view, which need no row', () => {
    const commands = menus['view/title']?.map(({ command }) => command);
    assert.deepEqual([...new Set(commands)].sort(), [...titleCommands].sort());
  });

  it('hides the commands that change something while sqlServerKeys.readOnly is on', () => {
    const changing = items.filter(({ command }) => changingCommands.includes(command));
    const isHidden = ({ when = '' }: MenuItem) => when.split(' && ').includes('!config.sqlServerKeys.readOnly');
    assert.deepEqual(changing.filter(isHidden), changing);
    const inPalette = menus.commandPalette?.filter(isHidden).map(({ command }) => command);
    assert.deepEqual(inPalette, changingCommands);
    assert.deepEqual(
      items.filter(isHidden).filter(({ command }) => !changingCommands.includes(command)),
      [],
    );
  });

  it('supports untrusted and virtual workspaces without limits, because it reads nothing of them', () => {
    assert.deepEqual(manifest.capabilities, { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } });
  });

  it('has an icon for every command that is a button', () => {
    const buttons = Object.values(menus)
      .flat()
      .filter((item) => 'group' in item && /^(inline|navigation)/.test(item.group));
    assert.ok(buttons.length > 0);
    for (const { command } of buttons) {
      assert.ok(commands.find((known) => known.command === command)?.icon, command);
    }
  });

  it('takes every text from package.nls.json, which has no unused texts', () => {
    const nls = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(nls).sort());
    assert.ok(commands.every(({ title }) => /^%.+%$/.test(title)));
  });

  it('does not let a workspace change its settings', () => {
    const properties = Object.entries(configuration.properties);
    assert.ok(properties.length > 0);
    for (const [name, { scope }] of properties) {
      assert.ok(name.startsWith(`${settingsSection}.`));
      assert.equal(scope, 'application', name);
    }
  });

  it('has no activation event, so that startup costs nothing', () => {
    assert.deepEqual(manifest.activationEvents, []);
  });
});

describe('translatable texts', () => {
  it('are all in l10n/bundle.l10n.json (npm run l10n writes it)', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const texts = files.flatMap((file) => textsIn(readFileSync(`src/${file}`, 'utf8')));
    const bundle = JSON.parse(readFileSync('l10n/bundle.l10n.json', 'utf8')) as object;
    assert.deepEqual(Object.keys(bundle).sort(), [...new Set(texts)].sort());
  });
});

/** The first arguments of all calls of `l10n.t`. */
function textsIn(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)l10n\.t$/.test(node.expression.getText())) {
      const [text] = node.arguments;
      assert.ok(text && ts.isStringLiteral(text), node.getText());
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  if (code.includes('l10n.t(')) visit(ts.createSourceFile('', code, ts.ScriptTarget.Latest, true));
  return texts;
}
