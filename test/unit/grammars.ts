import { Language, Parser } from '@vscode/tree-sitter-wasm';

const grammars = {
  bash: require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-bash.wasm'),
  powershell: require.resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-powershell.wasm'),
  bicep: require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'),
};

/** Tells whether a text has only correct syntax of a language. Names and types aren't checked. */
export async function parserOf(language: keyof typeof grammars): Promise<(text: string) => boolean> {
  await Parser.init();
  const parser = new Parser().setLanguage(await Language.load(grammars[language]));
  return (text) => parser.parse(text)?.rootNode.hasError === false;
}
