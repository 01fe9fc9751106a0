import { byGateway } from '../base/answer';
import { findSubscription } from '../base/find';
import { groupId, includesId, isWithin, same } from '../base/ids';
import type { Subscription } from '../base/state';
import { checkMultiFactor } from './authenticate';
import { isRefusedByCondition } from './conditions';
import { denialOf } from './denials';
import { checkPolicies } from './policies';
import { actionOf, type ArmRequest, type Route } from './route';

/** A tenant sees its own subscriptions and those that Azure Lighthouse delegates to it. */
export const belongsTo = ({ tenantId, managedByTenants }: Subscription, tenant: string): boolean =>
  includesId([tenantId, ...managedByTenants], tenant);

/** The scope at which the caller needs permissions: the resource in the path, or the parent of a collection. */
function scopeOf(path: string): string {
  const at = path.toLowerCase().lastIndexOf('/providers/');
  if (at < 0) return path;
  const typesAndNames = path
    .slice(at + '/providers/'.length)
    .split('/')
    .slice(1);
  if (typesAndNames.length % 2 === 0) return path;
  return typesAndNames.length === 1 ? path.slice(0, at) : path.slice(0, path.lastIndexOf('/'));
}

function checkSubscription({ state, params, caller }: ArmRequest): void {
  const { sub } = params;
  if (sub === undefined) return;
  const subscription = findSubscription(state, sub);
  if (!subscription) {
    throw byGateway(404, 'SubscriptionNotFound', `The subscription '${sub}' could not be found.`);
  }
  if (!belongsTo(subscription, caller.tid)) {
    const [wrong, right] = [caller.tid, subscription.tenantId].map((t) => `https://sts.windows.net/${t}/`);
    const message = `The access token is from the wrong issuer '${wrong ?? ''}'. It must match the tenant '${right ?? ''}' associated with this subscription. Please use the authority (URL) of that tenant to get the token.`;
    throw byGateway(401, 'InvalidAuthenticationTokenTenant', message);
  }
}

/** The resource of a request. The last part of the path of a POST is the name of the action. */
const resourceOf = ({ path }: ArmRequest, { method }: Route): string =>
  method === 'POST' ? path.replace(/\/[^/]+$/, '') : scopeOf(path);

function checkDenial({ state, caller }: ArmRequest, action: string, scope: string): void {
  const denial = denialOf(state, { principalId: caller.oid, action, scope });
  if (!denial) return;
  const message = `The client '${caller.upn ?? caller.appid}' with object id '${caller.oid}' has permission to perform action '${action}' on scope '${scope}'; however, the access is denied because of the deny assignment with name '${denial.displayName}' and Id '${denial.name}' at scope '${denial.scope}'.`;
  throw byGateway(403, 'DenyAssignmentAuthorizationFailed', message);
}

/** Source of the message: reports of users, for example in Azure/enterprise-azure-policy-as-code. */
function checkCondition(request: ArmRequest, action: string, scope: string): void {
  const { caller } = request;
  if (!isRefusedByCondition(request, { principalId: caller.oid, action, scope })) return;
  const message = `The client '${caller.upn ?? caller.appid}' with object id '${caller.oid}' has an authorization with ABAC condition that is not fulfilled to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  throw byGateway(403, 'AuthorizationFailed', message);
}

function checkAuthorization(request: ArmRequest, route: Route): void {
  const { caller, may, canSee, params } = request;
  const action = actionOf(route);
  const scope = resourceOf(request, route);
  const allowed = route.filtered ? params.sub === undefined || canSee(params.sub) : may(action, scope);
  if (allowed) {
    checkDenial(request, action, scope);
    if (/\/roleAssignments\/(write|delete)$/i.test(action)) checkCondition(request, action, scope);
    return;
  }
  const message = `The client '${caller.upn ?? caller.appid}' with object id '${caller.oid}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
  throw byGateway(403, 'AuthorizationFailed', message);
}

/** A namespace has to be registered before its resources are created or changed. */
function checkRegistration({ state, params }: ArmRequest, { method, type }: Route): void {
  const namespace = type.split('/')[0] ?? '';
  const unregistered = findSubscription(state, params.sub ?? '')?.unregistered ?? [];
  if (!['PUT', 'PATCH', 'POST'].includes(method) || !includesId(unregistered, namespace)) return;
  const message = `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`;
  throw byGateway(409, 'MissingSubscriptionRegistration', message);
}

function checkGroup({ state, params, path }: ArmRequest): void {
  const { group } = params;
  const wanted = groupId(path);
  if (group === undefined || state.resourceGroups.some(({ id }) => same(id, wanted))) return;
  throw byGateway(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`);
}

function checkLocks(request: ArmRequest, route: Route): void {
  const { method, type } = route;
  if (method === 'GET') return;
  // A lock doesn't apply to locks; otherwise it couldn't be deleted.
  if (type === 'Microsoft.Authorization/locks') return;
  const scope = resourceOf(request, route);
  const locked = request.state.locks.filter(
    (lock) => isWithin(lock.scope, scope) && (lock.level === 'ReadOnly' || method === 'DELETE'),
  );
  if (locked.length === 0) return;
  const verb = method === 'DELETE' ? 'delete' : 'write';
  const scopes = locked.map((lock) => `'${lock.scope}'`).join(',');
  const message = `The scope '${scope}' cannot perform ${verb} operation because following scope(s) are locked: ${scopes}. Please remove the lock and try again.`;
  throw byGateway(409, 'ScopeLocked', message);
}

/** The checks that ARM makes before a resource provider gets the request, in ARM's order. */
export function checkAtGateway(request: ArmRequest, route: Route): void {
  checkMultiFactor(request);
  checkSubscription(request);
  checkAuthorization(request, route);
  checkRegistration(request, route);
  checkGroup(request);
  checkLocks(request, route);
  checkPolicies(request, route);
}
