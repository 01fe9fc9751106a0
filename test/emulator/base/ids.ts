import { createHash } from 'node:crypto';

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** A GUID that is always the same for the same text, so that seeds are the same at each start. */
export const guidOf = (text: string): string =>
  sha1(text.toLowerCase()).replace(/^(.{8}).(.{3}).(.{3}).(.{3})(.{12}).*$/, '$1-0$2-4$3-8$4-$5');

/** 40 upper-case hexadecimal digits, as Azure SQL shows a key's material. */
export const thumbprintOf = (material: string): string => sha1(material).toUpperCase();

/** 32 hexadecimal digits, as Key Vault names versions. `ordinal` counts from 1. */
export const versionId = (vault: string, key: string, ordinal: number): string =>
  sha1(`${vault}/${key}/${ordinal}`).slice(0, 32);
