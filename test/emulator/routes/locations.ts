import type { ArmRequest } from '../arm/route';
import { byGateway } from '../base/answer';
import { lastSegment, resourceGroupOf, same } from '../base/ids';
import { recordOf, stringOf } from '../base/json';
import { regionNames } from './servers';

/** The region in the body of a PUT; throws a Refusal of ARM if it isn't valid, or if the resource exists in another one. */
export function requireLocation(
  { body, path }: ArmRequest,
  existing: { readonly location: string } | undefined,
): string {
  const location = stringOf(recordOf(body).location).replaceAll(' ', '').toLowerCase();
  if (location === '') {
    throw byGateway(400, 'LocationRequired', 'The location property is required for this definition.');
  }
  if (existing && !same(existing.location, location)) {
    const message = `The resource '${lastSegment(path)}' already exists in location '${existing.location}' in resource group '${resourceGroupOf(path)}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`;
    throw byGateway(409, 'InvalidResourceLocation', message);
  }
  const regions = Object.keys(regionNames);
  if (regions.includes(location)) return location;
  const message = `The provided location '${location}' is not available for this resource type. List of available regions is '${regions.join(',')}'.`;
  throw byGateway(400, 'LocationNotAvailableForResourceType', message);
}
