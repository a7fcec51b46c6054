import { jsonReply, textReply } from '../http/reply.js'
import type { HttpRoute } from '../http/route-table.js'
import { docsPage } from './docs-page.js'
import { type OpenApiDocument, openApiDocument } from './document.js'
import type { PlacedOperation } from './operation.js'

/** `/openapi.json` and `/docs` at the server's root, where FastAPI has them. Written when first asked for. */
export function descriptionRoutes(operations: () => readonly PlacedOperation[]): readonly HttpRoute[] {
  let written: OpenApiDocument | undefined
  const document = (): OpenApiDocument => {
    written ??= openApiDocument(operations())
    return written
  }
  return [
    {
      ...page,
      path: '/openapi.json',
      handle: async () => jsonReply(200, document()),
    },
    {
      ...page,
      path: '/docs',
      // Nothing from elsewhere, whatever a name in a seed tries to smuggle in.
      handle: async () =>
        textReply(200, 'text/html; charset=utf-8', docsPage(document()), {
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
        }),
    },
  ]
}

const page = { name: null, category: null, method: 'GET' } as const
