/** Codes that only wrap another error or repeat the status. */
const wrappers: ReadonlySet<string> = new Set([
  'DeploymentFailed',
  'DeploymentOperationFailed',
  'DeploymentStackDeploymentFailed',
  'DeploymentStackInnerError',
  'ResourceDeploymentFailure',
  'ResourceOperationFailure',
  'InvalidTemplateDeployment',
  'PreflightValidationCheckFailed',
  'LongRunningOperationFailed',
  'MultipleErrorsOccurred',
  'BadRequest',
  'Unauthorized',
  'Forbidden',
  'AccessDenied',
  'NotFound',
  'Conflict',
  'PreconditionFailed',
  'SqlFailedToConnect',
]);

/** Whether a code only wraps another one, or names an exception of a tool. */
export function isWrapper(code: string): boolean {
  return wrappers.has(code) || code.endsWith('Exception');
}
