import type { Azure } from '../src/core/ports';

/** Some methods of each part of Azure. */
type Methods = { readonly [Port in keyof Azure]?: Partial<Azure[Port]> };

/** Azure with only these methods. Calling another one fails the test. */
export const azureWith = (methods: Methods): Azure => methods as Azure;
