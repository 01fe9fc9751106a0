import { packageTestExtension } from '../packageTestExtension';

/** Bundles and packages the extension, and returns the .vsix. */
export const packageSignInExtension = (): Promise<string> => packageTestExtension(__dirname);
