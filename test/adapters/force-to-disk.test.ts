import { expect, it } from 'vitest'
import { forceToDisk } from '../../src/adapters/force-to-disk.js'

const failing = (code: string) => ({ sync: () => Promise.reject(Object.assign(new Error(code), { code })) })

it('does without what Node forbids a process with permissions', async () => {
  await expect(forceToDisk(failing('ERR_ACCESS_DENIED'))).resolves.toBeUndefined()
})

it.each(['EIO', 'ENOSPC', 'EACCES'])('fails where the disk does: %s', async (code) => {
  await expect(forceToDisk(failing(code))).rejects.toMatchObject({ code })
})
