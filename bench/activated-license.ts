import { createLicenseClient, type HubOptions, type LicenseClientOptions } from '../src/index.js'

/** What a product of the benches knows of a hub. */
export function productOn(hub: Pick<HubOptions, 'url' | 'trustedKeys'>): LicenseClientOptions {
  const { url, trustedKeys } = hub
  return {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { ...(url && { url }), ...(trustedKeys && { trustedKeys }) },
  }
}

/** Leaves a record in `directory`, as a product does that was activated in an earlier process. */
export async function activateIn(directory: string, licenseKey: string, options: LicenseClientOptions): Promise<void> {
  const client = createLicenseClient({ ...options, directory })
  const activated = await client.activate(licenseKey)
  if (activated.outcome !== 'activated') throw new Error(`The license was not activated: ${activated.reason}.`)
  await client.close()
}
