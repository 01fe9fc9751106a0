declare module 'markdown-it' {
  interface Token {
    readonly type: string;
    readonly info: string;
    readonly content: string;
    readonly children: readonly Token[] | null;
    attrGet(name: string): string | null;
  }

  class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean });
    parse(text: string, env: object): readonly Token[];
  }

  export = MarkdownIt;
}
