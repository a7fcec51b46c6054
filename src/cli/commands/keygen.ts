import { resolve } from 'node:path'
import type { Command } from 'commander'
import { exitCodes } from '../exit-code.js'
import { withJsonFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { colorsFor } from '../render/colors.js'
import { renderColumns } from '../render/columns.js'

interface KeygenValues {
  readonly keyId?: string
  readonly out?: string
}

const defaultFile = 'flavor-license-key.json'

export function addKeygen(program: Command, perform: Perform): void {
  const command = program
    .command('keygen')
    .summary('for sellers: make a signing key')
    .description(
      'Makes a signing key. The file holds the private key, readable by this user alone; products pin the public one.\n' +
        'Nothing is ever overwritten.',
    )
  withTextOption(command, { flags: '--key-id <id>', description: 'the id of the key; made from the key unless given' })
  withTextOption(command, { flags: '--out <file>', description: `where to write it; ${defaultFile} unless given` })
  withJsonFlag(command)
  command.action((values: KeygenValues) =>
    perform(async (terminal) => {
      const { generateSigningKey, writeSigningKeyFile } = await import('../../issuing/index.js')
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
          ['Option', `trustedKeys: { '${keyId}': '${publicKey}' }`],
        ],
        colorsFor(terminal).dim,
      )
      return { exitCode: exitCodes.done, json: { outcome: 'generated', keyId, publicKey, file }, text }
    }),
  )
}
