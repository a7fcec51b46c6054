import { randomBytes } from 'node:crypto'
import type { LicenseClient } from 'flavor-license'
import { createPanelHandler } from 'flavor-license/panel'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { parse } from 'hono/utils/cookie'

interface AppOptions {
  readonly license: LicenseClient
  /** The hosts under which the service is reached, with their ports. */
  readonly hosts: readonly string[]
  /** Stands for the accounts that your product has already. */
  readonly isPassword: (password: unknown) => boolean
}

export function createApp({ license, hosts, isPassword }: AppOptions): Hono {
  const sessions = new Set<string>()
  const panel = createPanelHandler(license, {
    path: '/license',
    hosts,
    authorize: ({ headers }) => sessions.has(parse(headers.get('cookie') ?? '')['session'] ?? ''),
  })

  /** `has()` looks nowhere and waits for nothing, so that it may stand in front of every request. */
  const requireFeature = (feature: string) =>
    createMiddleware(async (context, next) => {
      if (license.has(feature)) return next()
      return context.json({ error: `The license does not include ${feature}.`, license: license.status().message }, 402)
    })

  return new Hono()
    .get('/login', (context) =>
      context.html('<form method="post"><input type="password" name="password"><button>Log in</button></form>'),
    )
    .post('/login', async (context) => {
      const { password } = await context.req.parseBody()
      if (!isPassword(password)) return context.text('Wrong password.', 401)
      const session = randomBytes(24).toString('base64url')
      sessions.add(session)
      setCookie(context, 'session', session, { httpOnly: true, sameSite: 'Strict' })
      return context.redirect('/license/')
    })
    .all('/license/*', (context) => panel(context.req.raw))
    .get('/reports', (context) => context.json(['January', 'February']))
    .get('/reports/export', requireFeature('erp'), (context) => context.text('month,sales\nJanuary,12\nFebruary,15\n'))
}
