import type { SpokenMessages } from './messages/catalog.js'
import { contentReply } from './replies.js'

/**
 * The panel as a page of its own. Products that have a page already put the element into that.
 *
 * @param path - Where the panel is mounted.
 */
export function pageReply(path: string, title: string, { language, messages }: SpokenMessages): Response {
  return contentReply(
    'text/html; charset=utf-8',
    `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${messages.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${path}/page.css">
<script type="module" src="${path}/panel.js"></script>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
<flavor-license-panel></flavor-license-panel>
</main></body>
</html>
`,
  )
}

export const pageStyle = `:root{color-scheme:light dark;background:light-dark(#f3f5f9,#0d1119);color:light-dark(#1b2130,#e8ecf4)}
body{margin:0;padding:clamp(1rem,5vw,3rem) clamp(0.75rem,4vw,2rem)}
main{max-width:42rem;margin:0 auto}
h1{font:650 1.5rem/1.3 system-ui,sans-serif;margin:0 0 1.25rem}
`

/** A product's title is the author's text, but what if it holds a quotation mark (markup injection)? */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
