import type { MachineSignature, Signature } from '../ports/signature.js'
import { nodeSignature } from './node-signature.js'

/**
 * The library of this machine, which is put to the test only before a refusal of it is believed, and before the hub is
 * asked: the test would cost a product's start more than everything else that it does.
 *
 * A no is never believed untested. It would lock a customer out, and set a good record aside.
 *
 * A yes is. Who can make node:crypto say yes to a forgery runs code in this process and needs no forgery. What remains
 * is a runtime that only imitates node:crypto and says yes to everything. Such a one is found out by the first
 * signature, which it is shown once more with another message.
 *
 * What the libraries disagree about is decided before any of them is asked: see `strictSignature`.
 */
export function machineSignature(preferred: Signature = nodeSignature): MachineSignature {
  let chosen = preferred
  let isProven = false
  let hasRefused = false

  async function prove(): Promise<void> {
    if (isProven) return
    const { loadSignature } = await import('./load-signature.js')
    chosen = await loadSignature(preferred)
    isProven = true
  }

  function refusesAnotherMessage(key: Uint8Array, signature: Uint8Array): boolean {
    hasRefused ||= !chosen.verify(key, signature, signature)
    return hasRefused
  }

  return {
    verify: (key, message, signature) => chosen.verify(key, message, signature),
    verifyOwn: (seed, message, signature) => chosen.verifyOwn(seed, message, signature),
    sign: (seed, message) => chosen.sign(seed, message),
    publicKey: (seed) => chosen.publicKey(seed),

    async open(operation) {
      let isDoubtful = false
      const note = (holds: boolean) => {
        isDoubtful ||= !holds
        return holds
      }
      const asked = chosen
      const result = operation({
        verify: (key, message, signature) =>
          note(asked.verify(key, message, signature) && refusesAnotherMessage(key, signature)),
        verifyOwn: (seed, message, signature) => note(asked.verifyOwn(seed, message, signature)),
      })
      if (!isDoubtful) return result
      await prove()
      return chosen === asked ? result : operation(chosen)
    },

    prove,
  }
}

/** A library that needs no proof. */
export function knownSignature(signature: Signature): MachineSignature {
  return { ...signature, open: async (operation) => operation(signature), prove: async () => undefined }
}
