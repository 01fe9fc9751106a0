import { packageTestExtension } from '../packageTestExtension';

/** Bundles and packs the extension, and returns the .vsix. */
export const packageSignInExtension = (): Promise<string> => packageTestExtension(__dirname);
