import { resolve } from 'node:path'
import type { Command } from 'commander'
import { exitCodes } from '../exit-code.js'
import { inIssuingRoom } from '../issuing-room.js'
import { withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { colorsFor } from '../render/colors.js'
import { renderColumns } from '../render/columns.js'

interface KeygenValues {
  readonly keyId?: string
  readonly out?: string
}

const defaultFile = 'flavor-license-key.json'

const notes = `
Whoever can read the file can issue licenses in your name; whoever loses it can issue none. The public key goes into the
product, and stays there for as long as licenses that the key signed are in use.

Examples:
  $ flavor-license keygen
  $ flavor-license keygen --key-id vendor-2026 --out vendor-2026.json`

export function addKeygen(program: Command, perform: Perform): void {
  const command = program
    .command('keygen')
    .summary('for sellers: make a signing key')
    .description(
      'Makes a signing key. The file holds the private key, readable by this user alone; products pin the public one.\n' +
        'Nothing is ever overwritten.',
    )
    .addHelpText('after', notes)
  withTextOption(command, { flags: '--key-id <id>', description: 'the id of the key; made from the key unless given' })
  withTextOption(command, { flags: '--out <file>', description: `where to write it; ${defaultFile} unless given` })
  withJsonFlag(command)
  command.action((values: KeygenValues) =>
    perform((terminal) =>
      inIssuingRoom(async ({ generateSigningKey, writeSigningKeyFile }) => {
        const file = resolve(terminal.cwd(), values.out ?? defaultFile)
        const key = generateSigningKey(values.keyId)
        await writeSigningKeyFile(file, key)
        const { keyId, publicKey } = key
        const text = renderColumns(
          'A signing key was made. Keep the file secret, and keep a copy: a lost key cannot be had back.',
          [
            ['File', file],
            ['Key id', keyId],
            ['Public key', publicKey],
            ['In the product', `trustedKeys: { ${JSON.stringify(keyId)}: ${JSON.stringify(publicKey)} }`],
            ['On the line', `--trusted-key ${keyId}=${publicKey}`],
          ],
          colorsFor(terminal).dim,
        )
        const json = { outcome: 'generated', keyId, publicKey, trustedKeys: { [keyId]: publicKey }, file }
        return { exitCode: exitCodes.done, json, text }
      }),
    ),
  )
}
