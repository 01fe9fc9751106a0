import assert from 'node:assert/strict';
import { ArmError, type Operation } from '../../src/core/armError';
import { diagnose } from '../../src/core/errors/diagnose';
import { registrationFor } from '../../src/ui/fixes/registration';

const subscriptionId = '0c4f2a6e-5b1d-4a7e-9b57-2f1d6c8e9a01';
const resource = `/subscriptions/${subscriptionId}/resourceGroups/rg-a/providers/Microsoft.Sql/servers/sql-a`;
const message = "The subscription is not registered to use namespace 'Microsoft.KeyVault'.";

describe('the registration of a resource provider', () => {
  const offered = (code: string, text: string, name: Operation['name']) =>
    registrationFor(diagnose(new ArmError({ code, message: text, operation: { name, resource } }))).map(
      ({ fixes }) => fixes,
    );

  for (const name of ['set TDE protector', 'revalidate TDE protector', 'create server key'] as const) {
    it(`is offered after a failure to ${name}, for the namespace that the message names`, () => {
      assert.deepEqual(offered('MissingSubscriptionRegistration', message, name), [
        [{ kind: 'registerProvider', subscriptionId, namespace: 'Microsoft.KeyVault' }],
      ]);
    });
  }

  it('is not offered for another error, or without a namespace', () => {
    assert.deepEqual(offered('ScopeLocked', message, 'set TDE protector'), []);
    assert.deepEqual(offered('MissingSubscriptionRegistration', 'Not registered.', 'set TDE protector'), []);
  });
});
