import type { OfflineRequest } from '../../domain/license/offline-request.js'
import { decodeBase64Url, encodeBase64Url } from '../../protocol/base64url.js'
import { speakInstallation } from '../../protocol/spoken-installation.js'
import type { Engine } from '../engine.js'

export async function describeOfflineRequest({ identity, random, settings }: Engine): Promise<OfflineRequest> {
  const { installation, domain } = await identity()
  const id = settings.installation === null ? decodeBase64Url(installation) : undefined
  return {
    product: settings.product.slug,
    productVersion: settings.product.version,
    domain,
    installationId: installation,
    spokenInstallationId: (id && speakInstallation(id)) ?? null,
    nonce: encodeBase64Url(random.bytes(16)),
  }
}
