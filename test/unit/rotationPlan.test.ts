import assert from 'node:assert/strict';
import type { PrintedCommand } from '../../src/core/cli/commands';
import type { GeoPartner, ServerKey, TdeProtector } from '../../src/core/model';
import { commandsOf, undoCommandsOf } from '../../src/core/plan/planCommands';
import type { Plan } from '../../src/core/plan/plan';
import { planDocument } from '../../src/core/plan/planDocument';
import type { PlanServer } from '../../src/core/plan/rotationGroup';
import { rotationPlan, type RotationPlan, type Step } from '../../src/core/plan/rotationPlan';
import { now } from './goodFacts';
import { sqlServer } from './sqlServer';

const uriOf = (name: string) => `https://kv-a.vault.azure.net/keys/${name}/9f3c1b7a5d2e4f60819a3b5c7d9e1f20`;
const [old, next, other] = [uriOf('old'), uriOf('next'), uriOf('other')];

const keyOf = (uri: string): ServerKey => ({ id: uri, name: uri, type: 'customerManaged', uri });
const protectorOf = (uri: string): TdeProtector => ({
  type: 'customerManaged',
  serverKeyName: uri,
  uri,
  autoRotation: true,
});
const serviceManaged: TdeProtector = { type: 'serviceManaged', serverKeyName: 'ServiceManaged', autoRotation: false };

function server(name: string, protector: TdeProtector, partners: readonly GeoPartner[] = []): PlanServer {
  const keys = protector.uri === undefined ? [] : [keyOf(protector.uri)];
  return { server: sqlServer(name), partners, keys, protector };
}

const replicaOf = (name: string): GeoPartner => ({ name, role: 'primary' });
const primaryOf = (name: string): GeoPartner => ({ name, role: 'secondary' });

function line(step: Step): string {
  if (step.kind === 'compareThumbprints') return 'compare';
  const key = step.keyIdentifier.split('/')[4] ?? '';
  return `${step.kind === 'createServerKey' ? 'create' : 'set'} ${key} on ${step.server.name}`;
}

const linesOf = (servers: readonly [PlanServer, ...PlanServer[]]) => rotationPlan(servers, next, true).steps.map(line);

const textsOf = (commands: readonly PrintedCommand[]) => commands.map(({ text }) => text);

describe('the plan of a rotation', () => {
  it('creates the server key and sets the TDE protector of a server without replicas', () => {
    assert.deepEqual(linesOf([server('a', protectorOf(old))]), ['create next on a', 'set next on a']);
    const a = server('a', protectorOf(old));
    assert.deepEqual(linesOf([{ ...a, keys: [...a.keys, keyOf(next)] }]), ['set next on a']);
  });

  it('gives every server the key, replicas first, before a TDE protector changes, also if it starts at the primary', () => {
    const primary = server('p', protectorOf(old), [primaryOf('r')]);
    const replica = server('r', protectorOf(old), [replicaOf('p')]);
    for (const servers of [[primary, replica] as const, [replica, primary] as const]) {
      assert.deepEqual(linesOf([...servers]), [
        'create next on r',
        'create next on p',
        'compare',
        'set next on r',
        'set next on p',
      ]);
    }
  });

  it('leaves a replica with another TDE protector as it is, and gives each server the key of the other one', () => {
    const primary = server('p', protectorOf(old), [primaryOf('r')]);
    const replica = server('r', protectorOf(other), [replicaOf('p')]);
    assert.deepEqual(linesOf([primary, replica]), [
      'create next on r',
      'create old on r',
      'create next on p',
      'create other on p',
      'compare',
      'set next on p',
    ]);
  });

  it('gives each server its own key, and every server all keys, when they move to several vaults', () => {
    const servers = [
      server('p', protectorOf(old), [primaryOf('r')]),
      server('r', protectorOf(old), [replicaOf('p')]),
    ] as const;
    const ownKeys = [{ server: servers[1].server.id, keyIdentifier: other }];
    assert.deepEqual(rotationPlan(servers, next, true, ownKeys).steps.map(line), [
      ...['create other on r', 'create next on r', 'create next on p', 'create other on p'],
      ...['compare', 'compare', 'set other on r', 'set next on p'],
    ]);
    const text = planDocument(planOf(rotationPlan(servers, next, true, ownKeys)), []);
    assert.match(text, /The new TDE protector of "p":[^]*\/next\/[^]*The new TDE protector of "r":[^]*\/other\//);
  });

  it('is undone from the last step to the first', () => {
    const primary = server('p', serviceManaged, [primaryOf('r')]);
    const { steps } = rotationPlan([server('r', protectorOf(old), [replicaOf('p')]), primary], next, false);
    const both = [...steps, { ...steps.at(-1), server: primary.server, former: serviceManaged } as Step];
    assert.deepEqual(textsOf(undoCommandsOf(both)), [
      'az sql server tde-key set -g rg -s p --server-key-type ServiceManaged --subscription 1',
      `az sql server tde-key set -g rg -s r -t AzureKeyVault --kid ${old} --auto-rotation-enabled true --subscription 1`,
    ]);
  });
});

const planOf = (plan: RotationPlan): Plan => ({ ...plan, id: '', cloud: '', created: now });

describe('the document of a plan', () => {
  const plan = rotationPlan([server('sql-a', protectorOf(old))], next, true);

  it('has the current state, the steps in order, their commands, and what undoes them', () => {
    const text = planDocument(planOf(plan), []);
    assert.match(text, /\| sql-a \| +\| kv-a\\_old\\_9f3c… \| on \|/);
    assert.match(
      text,
      /\n1\. \*\*Create server key .*next.*\*\*\.\n2\. \*\*Make .*with automatic rotation\*\*\. Before: .*old.*…\n/,
    );
    assert.match(text, /az sql server key create [^]*tde-key set [^]*## Undo[^]*tde-key set .*\/old\//);
    assert.doesNotMatch(text, /Fix the problems/);
  });

  it('says which Azure CLI a versionless key needs', () => {
    const versionless = rotationPlan(
      [server('sql-a', protectorOf(old))],
      'https://kv-a.vault.azure.net/keys/next',
      true,
    );
    assert.match(
      planDocument(planOf(versionless), []),
      /\n# In Azure CLI 2\.84\.0 or later:\naz sql server key create/,
    );
  });

  it('has only the commands of the steps that are left after some of them', () => {
    const [create, ...left] = plan.steps;
    const stopped = planDocument(planOf(plan), [], { done: create ? [create] : [] });
    assert.match(stopped, /\n1\. Done: \*\*Create [^]*\n## Commands for the steps that are left \(Azure CLI\)\n/);
    assert.doesNotMatch(stopped, /az sql server key create/);
    assert.match(stopped, /az sql server tde-key set .*\/next\//);
    assert.doesNotMatch(
      planDocument(planOf(plan), [], { done: [...(create ? [create] : []), ...left] }),
      /## Commands/,
    );
  });

  it('says first what has to be fixed', () => {
    const text = planDocument(planOf(plan), [{ outcome: 'fail', text: 'The key is disabled', codes: [] }]);
    assert.match(text, /Fix the problems below[^]*The key is disabled[^]*## Steps/);
  });

  it('has a name that a shell would interpret only in comments on one line', () => {
    const hostile = rotationPlan([server('sql\n$(reboot)', protectorOf(old))], next, true);
    for (const { text: command } of hostile.steps.flatMap(commandsOf)) assert.match(command, /-s '<server>'/);
    const text = planDocument(planOf(hostile), []);
    const commands = text.slice(text.indexOf('## Commands'));
    const lines = [...commands.matchAll(/```sh\n([^]*?)\n```/g)].flatMap(([, block = '']) => block.split('\n'));
    for (const one of lines) assert.match(one, /^(#|az (?!.*reboot))/);
  });
});
