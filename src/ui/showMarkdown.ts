import { stashReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { commands, extensions, window } from 'vscode';

/** Comes with VS Code, and may be turned off. */
const previewer = 'vscode.markdown-language-features';

/** Shows a Markdown text as people read it; it can neither be changed nor saved by accident. */
export async function showMarkdown(label: string, text: string): Promise<void> {
  const { uri } = await stashReadOnlyContent({ label, fullId: `${label} ${new Date().toISOString()}` }, text, '.md');
  if (extensions.getExtension(previewer)) await commands.executeCommand('markdown.showPreview', uri);
  else await window.showTextDocument(uri);
}
