import * as l10n from '@vscode/l10n';
import { idKey } from '../armId';
import { apiVersionOf, comparisonLines, isDeclared, objectText, resourceOf, titleLine } from './exported';
import type { DeclaredStep, Exported, Steps } from './exported';

/**
 * The plan as Bicep, each resource after the one before: one file for servers of one resource group, otherwise a main file with a
 * module for each kind of step, because a file has resources of one resource group only.
 */
export function bicep(plan: Steps): Exported {
  const version = apiVersionOf(plan);
  const declared = plan.steps.filter(isDeclared);
  const groups = new Set(declared.map((step) => idKey(groupIdOf(step))));
  const [first] = declared;
  if (groups.size === 1 && first) {
    return {
      text: stepsOf(plan, (step) => resource(step, version)),
      note: l10n.t(
        'Copied as Bicep with API version {0}, to deploy to resource group "{1}".',
        version,
        first.server.resourceGroup,
      ),
    };
  }
  const modules = [...new Map(declared.map((step) => [step.kind, step])).values()].map((step) =>
    moduleFile(step, version),
  );
  return {
    text: [`// main.bicep\n\n${stepsOf(plan, moduleUse)}`, ...modules].join('\n'),
    note: l10n.t(
      'Copied as Bicep with API version {0}: {1} files, each under a comment with its name.',
      version,
      modules.length + 1,
    ),
  };
}

/** Writes a text as a string of Bicep. */
const quoteForBicep = (text: string): string =>
  `'${text
    .replace(/['\\]|\$(?=\{)/g, String.raw`\$&`)
    .replace(/\p{Cc}|[\u2028\u2029]/gu, (one) => String.raw`\u{${one.charCodeAt(0).toString(16)}}`)}'`;

const groupIdOf = ({ server }: DeclaredStep): string => `${server.subscriptionId}/${server.resourceGroup}`;

/** The declarations of all steps, each with the name of the one before, on which it depends. */
function stepsOf({ steps }: Steps, declare: (step: DeclaredStep, symbol: string) => Declaration): string {
  let before: string | undefined;
  const texts = steps.map((step, i) => {
    if (!isDeclared(step))
      return comparisonLines(step)
        .map((line) => `// ${line}\n`)
        .join('');
    const symbol = `step${i + 1}`;
    const { keyword, type, lines } = declare(step, symbol);
    const dependsOn = before === undefined ? [] : ['  dependsOn: [', `    ${before}`, '  ]'];
    before = symbol;
    return [`// ${titleLine(step)}`, `${keyword} ${symbol} '${type}' = {`, ...lines, ...dependsOn, '}\n'].join('\n');
  });
  return texts.join('\n');
}

interface Declaration {
  readonly keyword: string;
  /** An Azure resource type, or a file. */
  readonly type: string;
  readonly lines: readonly string[];
}

function resource(step: DeclaredStep, version: string): Declaration {
  const { type, name, properties } = resourceOf(step);
  return {
    keyword: 'resource',
    type: `Microsoft.Sql/servers/${type}@${version}`,
    lines: [
      `  name: ${quoteForBicep(`${step.server.name}/${name}`)}`,
      `  properties: ${objectText(properties, ': ', quoteForBicep, '  ')}`,
    ],
  };
}

const moduleNames = {
  createServerKey: 'serverKey',
  setProtector: 'tdeProtector',
  useServiceManagedKey: 'serviceManagedKey',
} as const;

function moduleUse(step: DeclaredStep, symbol: string): Declaration {
  const { server, kind } = step;
  const { name, properties } = resourceOf(step);
  const { serverKeyType: _, ...rest } = properties;
  const params = { name: `${server.name}/${name}`, ...rest };
  return {
    keyword: 'module',
    type: `${moduleNames[kind]}.bicep`,
    lines: [
      `  name: 'rotation-${symbol}'`,
      `  scope: resourceGroup(${quoteForBicep(server.subscriptionId)}, ${quoteForBicep(server.resourceGroup)})`,
      `  params: ${objectText(params, ': ', quoteForBicep, '  ')}`,
    ],
  };
}

/** A module for all steps of the kind of this one, which differ in their parameters. */
function moduleFile(step: DeclaredStep, version: string): string {
  const { type, properties } = resourceOf(step);
  const { serverKeyType, ...values } = properties;
  const symbol = moduleNames[step.kind];
  const params = Object.entries(values).map(([name, value]) => [name, typeof value === 'boolean' ? 'bool' : 'string']);
  return [
    `// ${symbol}.bicep\n`,
    'param name string',
    ...params.map((param) => `param ${param.join(' ')}`),
    `\nresource ${symbol} 'Microsoft.Sql/servers/${type}@${version}' = {`,
    '  name: name',
    '  properties: {',
    `    serverKeyType: '${serverKeyType}'`,
    ...params.map(([name = '']) => `    ${name}: ${name}`),
    '  }',
    '}\n',
  ].join('\n');
}
