import { resolve } from 'node:path'
import type { SigningKey } from '../issuing/index.js'
import type { IssuingRoom } from './issuing-room.js'
import type { Terminal } from './terminal.js'

/** The key of a file, with a warning where others can read it. */
export async function readSigningKey(
  file: string,
  { readSigningKeyFile }: IssuingRoom,
  { cwd, stderr }: Terminal,
): Promise<SigningKey> {
  const { key, exposed } = await readSigningKeyFile(resolve(cwd(), file))
  if (exposed) {
    stderr.write(
      `warning: Other users of this machine may read the signing key and issue licenses. Run: chmod 600 ${file}\n`,
    )
  }
  return key
}
