import { armResources, sameId } from './armId';

/** The ARM ID of the resource group of a resource; undefined without one. */
export function resourceGroupId(id: string): string | undefined {
  return armResources(id).find(({ type }) => sameId(type, 'resourceGroups'))?.id;
}
