import { stashReadOnlyContent } from '@microsoft/vscode-azext-utils';
import { commands, extensions, window } from 'vscode';

/** A built-in extension, which the user can disable. */
const previewer = 'vscode.markdown-language-features';

/** Shows Markdown as a read-only preview, or as text if the previewer is disabled. */
export async function showMarkdown(label: string, text: string): Promise<void> {
  // azext-utils would replace the ellipsis of a shortened name by an underscore.
  const name = label.replaceAll('…', '');
  const { uri } = await stashReadOnlyContent(
    { label: name, fullId: `${name} ${new Date().toISOString()}` },
    text,
    '.md',
  );
  if (extensions.getExtension(previewer)) await commands.executeCommand('markdown.showPreview', uri);
  else await window.showTextDocument(uri);
}
