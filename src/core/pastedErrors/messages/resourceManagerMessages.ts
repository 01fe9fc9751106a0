import type { MessageTemplate } from './messageTemplate';

/** Messages of Azure Resource Manager. Source: "Resolve errors in Azure Resource Manager". */
export const resourceManagerMessages: readonly MessageTemplate[] = [
  ['requested resource * was not found', 'ResourceNotFound'],
  ['access is denied because of the deny assignment', 'DenyAssignmentAuthorizationFailed'],
  ['does not have authorization to perform action', 'AuthorizationFailed'],
  ['was disallowed by policy', 'RequestDisallowedByPolicy'],
  ['cannot perform write operation because * locked', 'ScopeLocked'],
  ['cannot perform delete operation because * locked', 'ScopeLocked'],
  ['requested subscription was not found', 'SubscriptionNotFound'],
  ['the subscription * could not be found', 'SubscriptionNotFound'],
  ['resource group * could not be found', 'ResourceGroupNotFound'],
  ['can not perform requested operation on nested resource. parent resource * not found', 'ParentResourceNotFound'],
  ['the resource * under resource group * was not found', 'ResourceNotFound'],
  ['no registered resource provider found for location', 'NoRegisteredProviderFound'],
  ['the subscription is not registered to use namespace', 'MissingSubscriptionRegistration'],
  ['does not have permission to perform action(s) * on the linked scope(s)', 'LinkedAuthorizationFailed'],
  ['the access token is from the wrong issuer', 'InvalidAuthenticationTokenTenant'],
  ['the access token has expired', 'ExpiredAuthenticationToken'],
  ['the access token expiry utc time', 'ExpiredAuthenticationToken'],
  ['the access token is missing or invalid', 'InvalidAuthenticationToken'],
  ['principal * does not exist in the directory', 'PrincipalNotFound'],
  ['the role assignment already exists', 'RoleAssignmentExists'],
  ['the gateway did not receive a response from * within the specified time period', 'GatewayTimeout'],
  ['number of requests for subscription * exceeded', 'SubscriptionRequestsThrottled'],
  ['an unexpected error occured while processing the request', 'InternalServerError'],
  ['an unexpected error occurred while processing the request', 'InternalServerError'],
];
