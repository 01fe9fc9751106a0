import type { PolicyDenial } from '../core/accessModel';
import type { ServerKeyRequest } from '../core/model';
import type { Azure, ServerPlace } from '../core/ports';
import { serverType } from '../core/serverType';
import { resourceGroupPath, type ArmRequests } from './armRequests';
import { asObject, during } from './gateway/failures';
import { lastSegment } from '../core/armId';

const apiVersion = '2022-03-01';

/** Asks Azure Policy before a change. Azure evaluates the policies and changes nothing. */
export function policies(arm: ArmRequests): Azure['policies'] {
  return {
    listDenials: (server, request, signal) =>
      during({ name: 'check policies', resource: server.id }, async () => {
        const path = `${resourceGroupPath(server)}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions`;
        const body = { resourceDetails: { resourceContent: contentOf(server, request) } };
        return toDenials(await arm.send({ method: 'POST', path, apiVersion, body }, signal));
      }),
  };
}

const contentOf = (server: ServerPlace, { name, properties }: ServerKeyRequest) => ({
  type: `${serverType(server).name}/keys`,
  name: `${server.name}/${name}`,
  properties,
});

interface Evaluation {
  readonly policyInfo?: { readonly policyDefinitionId?: string; readonly policyAssignmentId?: string };
  readonly evaluationResult?: string;
  readonly effectDetails?: { readonly policyEffect?: string };
  readonly evaluationDetails?: { readonly reason?: string };
}

function toDenials(answer: unknown): PolicyDenial[] {
  const evaluations = asObject(asObject(answer)?.contentEvaluationResult)?.policyEvaluations;
  return ((Array.isArray(evaluations) ? evaluations : []) as Evaluation[]).filter(denies).map((one) => {
    const { policyAssignmentId: assignment = '', policyDefinitionId: definition = '' } = one.policyInfo ?? {};
    const reason = one.evaluationDetails?.reason;
    return { assignment, definition: lastSegment(definition), ...(reason && { reason }) };
  });
}

const denies = ({ evaluationResult, effectDetails }: Evaluation): boolean =>
  evaluationResult?.toLowerCase() === 'noncompliant' && effectDetails?.policyEffect?.toLowerCase() === 'deny';
