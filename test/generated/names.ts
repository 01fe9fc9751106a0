import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { ArmError } from '../../src/core/armError';
import { asCode, asText } from '../../src/core/markdown';
import { diagnose } from '../../src/core/errors/diagnose';
import { diagnosisDocument } from '../../src/core/errors/diagnosisDocument';
import { catalogueCodes } from '../../src/core/errors/errorCatalogue';
import { oneLine, plainLine, plainText } from '../../src/core/text';
import { describe } from '../../src/ui/tree/describe';
import { accessibleLabel } from '../../src/ui/tree/description';
import { inventoryNodes, serverKeyNodes } from '../../src/ui/tree/nodes';
import { property } from './property';
import { hostileText, soon } from './texts';
import { inventoryWith } from '../inventoryWith';

/** As VS Code's preview reads Markdown. */
const markdown = new MarkdownIt({ html: true, linkify: true });
const tokensOf = (text: string) => markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);

const harmful = /html|image|heading|table|code|fence/;

/** Whether Markdown shows a link under its own address, as it does for any address in a text. */
function verifyLinks(text: string): void {
  const tokens = tokensOf(text);
  for (const token of tokens.filter(({ type }) => type === 'link_open')) {
    assert.equal(token.info, 'auto', text);
    assert.match(token.attrGet('href') ?? '', /^(https?|ftp|mailto):/, text);
  }
}

/** As in VS Code: base/common/linkedText.ts and base/common/iconLabels.ts. */
const vscodeLink = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const vscodeIcon = /\$\(([A-Za-z0-9-]+(?:~[A-Za-z]+)?)\)/;

/** Texts of the extension in which names from Azure stand. */
const sentences: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => `Server key "${name}" is on "${name}".`,
  (name) => `[${name}](${name})`,
  (name) => `$${name}(bug)`,
  (name) => `${name}, resource group ${name}`,
];

function verifyPlain(text: string): void {
  assert.doesNotMatch(text, vscodeLink);
  assert.doesNotMatch(text, vscodeIcon);
  assert.doesNotMatch(text, /(?!\n)\p{Cc}|\p{Bidi_Control}/u);
}

const row = fc.record({ name: hostileText, group: hostileText, subscription: hostileText, location: hostileText });

export const names = [
  property(
    'is only text in Markdown: no link with another address, HTML, image, or heading',
    5000,
    hostileText,
    (name) => {
      const text = soon(() => asText(name));
      assert.doesNotMatch(text, /[\n\r]/);
      for (const place of [`a ${text}`, `- a ${text}`, `**a** ${text} b`]) {
        for (const { type } of tokensOf(place)) assert.doesNotMatch(type, harmful, place);
        verifyLinks(place);
      }
    },
  ),
  property('stays inside a block of commands', 4000, hostileText, (text) => {
    const shown = text.replace(/\r\n?|\0/g, '');
    const [fence, ...others] = tokensOf(asCode(shown));
    assert.deepEqual([fence?.type, fence?.content, others.length], ['fence', `${shown}\n`, 0]);
  }),
  property(
    'adds nothing but text to an explanation',
    2000,
    fc.tuple(fc.constantFrom(...catalogueCodes(), 'SomethingElse'), hostileText, hostileText),
    ([code, name, message]) => {
      const resource = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/servers/${name}`;
      const error = new ArmError({
        code,
        message,
        requestId: name,
        operation: { name: 'create server key', resource },
      });
      const text = soon(() => diagnosisDocument([diagnose(error)], [name]), 500);
      const headings = tokensOf(text).filter(({ type }) => type === 'heading_open');
      assert.equal(headings.length, 2, text);
      for (const { type } of tokensOf(text)) assert.doesNotMatch(type, /html|image|table|code|fence/, text);
    },
  ),
  property(
    'is one line without link or icon in a label, a description, a message, and a title',
    12_000,
    fc.tuple(fc.constantFrom(...sentences), hostileText),
    ([sentence, name]) => {
      const line = soon(() => plainLine(sentence(name)));
      verifyPlain(line);
      assert.doesNotMatch(line, /\n/);
      assert.doesNotMatch(oneLine(sentence(name)), /[\n\r\u2028\u2029]|\p{Bidi_Control}/u);
      verifyPlain(plainText(sentence(name)));
    },
  ),
  property('describes a row of the tree, whatever it is', 3000, row, ({ name, group, subscription, location }) => {
    const of = { id: 's', name: subscription, tenantId: 't' };
    const server = { id: `/x/${name}`, name, subscriptionId: 's', resourceGroup: group, location };
    const inventory = inventoryWith({
      subscriptions: [of],
      servers: [{ ...server, identity: { userAssigned: [] } }],
    });
    for (const by of ['subscription', 'resourceGroup'] as const) {
      for (const node of inventoryNodes(inventory, by)) {
        const servers = node.servers;
        const keys = servers.flatMap((parent) =>
          serverKeyNodes(parent, [{ id: 'k', name, type: 'customerManaged', created: new Date(0) }]),
        );
        for (const each of [node, ...servers, ...keys]) {
          const description = describe(each);
          assert.equal(typeof accessibleLabel(description), 'string');
          assert.doesNotMatch(JSON.stringify(description), /NaN|undefined|Invalid/);
        }
      }
    }
  }),
];
