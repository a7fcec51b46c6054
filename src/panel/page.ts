import { contentReply } from './replies.js'

/** The panel as a page of its own. Products that have a page already put the element into that. */
export function pageReply(title: string, language: string): Response {
  return contentReply(
    'text/html; charset=utf-8',
    `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="page.css">
<script type="module" src="panel.js"></script>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
<flavor-license-panel></flavor-license-panel>
</main></body>
</html>
`,
  )
}

export const pageStyle = `html{background:Canvas;color:CanvasText}
body{margin:0;padding:1rem}
main{max-width:40rem;margin:0 auto}
h1{font:600 1.5rem/1.3 system-ui,sans-serif}
`

/** A product's title is the author's text, but what if it holds a quotation mark (markup injection)? */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
