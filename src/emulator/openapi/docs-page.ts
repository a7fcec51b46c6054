import type { OpenApiDocument } from './document.js'
import type { Operation } from './operation.js'

/** The API description for people: one page that loads nothing from anywhere. */
export function docsPage(document: OpenApiDocument): string {
  const { title, version, description } = document.info
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationSection(method, path, operation)),
  )
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="${escaped(name)}"><summary><code>${escaped(name)}</code></summary>${code(schema)}</details>`,
  )
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)} <small>v${escaped(version)}</small></h1>
<p>${escaped(description)}</p>
<p><a href="/openapi.json">/openapi.json</a></p>
<h2>Endpoints</h2>
${operations.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</main>
</body>
</html>
`
}

function operationSection(method: string, path: string, operation: Operation): string {
  const request = operation.requestBody?.content['application/json'].schema
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required }) =>
      `<li><code>${escaped(name)}</code> in the ${place}${required ? '' : ', optional'}</li>`,
  )
  const responses = Object.entries(operation.responses).map(
    ([status, response]) =>
      `<tr><td><code>${status}</code></td><td>${escaped(response.description)}</td><td>${contentLinks(response.content)}</td></tr>`,
  )
  return `<details id="${operation.operationId}">
<summary><b>${escaped(method.toUpperCase())}</b> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
<p>${escaped(operation.description).replace(/`([^`]*)`/g, '<code>$1</code>')}</p>
${request === undefined ? '' : `<p>Body: ${schemaLink(request.$ref)}</p>`}
${parameters.length === 0 ? '' : `<ul>${parameters.join('')}</ul>`}
<table><thead><tr><th>Status</th><th>Meaning</th><th>Body</th></tr></thead><tbody>${responses.join('')}</tbody></table>
</details>`
}

function contentLinks(content: Operation['responses'][string]['content']): string {
  return Object.entries(content ?? {})
    .map(([type, { schema }]) => (isReference(schema) ? schemaLink(schema.$ref) : `<code>${escaped(type)}</code>`))
    .join(' or ')
}

function schemaLink(reference: string): string {
  const name = escaped(reference.slice(reference.lastIndexOf('/') + 1))
  return `<a href="#${name}"><code>${name}</code></a>`
}

function isReference(schema: unknown): schema is { readonly $ref: string } {
  return typeof schema === 'object' && schema !== null && '$ref' in schema && typeof schema.$ref === 'string'
}

function code(value: unknown): string {
  return `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1rem }
details { border: 1px solid #8886; border-radius: .4rem; margin: .5rem 0; padding: .5rem .8rem }
summary { cursor: pointer }
summary b { color: #0a7d4f }
pre { overflow-x: auto }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-top: 1px solid #8883; vertical-align: top }
`
