import express, { type Express, type RequestHandler } from 'express'
import type { LicenseClient } from 'flavor-license'
import { createPanelHandler, toNodeListener } from 'flavor-license/panel'
import { askForPassword, type IsAdministrator } from './administrator.js'
import { notice } from './notice.js'

interface ShopOptions {
  readonly license: LicenseClient
  /** The hosts under which the shop is reached, with their ports. */
  readonly hosts: readonly string[]
  readonly isAdministrator: IsAdministrator
}

export function createShop({ license, hosts, isAdministrator }: ShopOptions): Express {
  const panel = createPanelHandler(license, {
    path: '/license',
    hosts,
    authorize: ({ headers }) => isAdministrator(headers.get('authorization')),
  })
  const shop = express()
  shop.use('/license', askForPassword(isAdministrator), toNodeListener(panel))
  shop.get('/', (_request, response) => {
    response.send(`<!doctype html><title>Shop</title><p>${notice(license.status())}</p><h1>Shop</h1>`)
  })
  shop.get('/checkout', requireFeature(license, 'checkout'), (_request, response) => {
    response.send('<!doctype html><title>Checkout</title><h1>Checkout</h1>')
  })
  return shop
}

/** `has()` looks nowhere and waits for nothing, so that it may stand in front of every request. */
function requireFeature(license: LicenseClient, feature: string): RequestHandler {
  return (_request, response, next) => {
    if (license.has(feature)) next()
    else response.status(402).send(`The license does not include ${feature}. ${license.status().message}`)
  }
}
