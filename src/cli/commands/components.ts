import { join, resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import type { ComponentClient, LicenseClient } from '../../index.js'
import { type ClientOptionValues, readClientOptions, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { downloadReporter } from '../download-reporter.js'
import { environmentFlag, environmentText } from '../environment.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { withFlag, withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { type ComponentsOutcome, renderComponents } from '../render/components.js'
import type { Terminal } from '../terminal.js'
import { updateComponents, updatedExitCode } from '../update-components.js'

interface ComponentsValues extends ClientOptionValues {
  readonly to?: string
  readonly fresh?: boolean
}

const variable = 'FLAVOR_LICENSE_COMPONENTS'

/** What there is to do without naming a component, and with. */
const onAll = ['list', 'available', 'installed', 'check'] as const
const onOne = ['download', 'install', 'update', 'rollback', 'remove'] as const

const actions = `
Actions:
  list             what the license may use
  available        the whole catalog, and which license includes what
  installed        what is installed here; asks no hub
  check            newer versions of what is installed; exit code 10 when there are any
  download SLUG    download the newest archive, verified
  install SLUG     install the newest version
  update [SLUG]    the same, of a component that is installed; without one, of all that have something newer
  rollback SLUG    put the version before in use again; asks no hub
  remove SLUG      remove it; asks no hub

Examples:
  $ flavor-license components available --json
  $ flavor-license components install card-payments --to ./components`

export function addComponents(program: Command, perform: Perform): void {
  const command = program
    .command('components')
    .summary('list, install, update and roll back components')
    .description('Works on the components of the product. Each is installed in a directory of its own, DIR/SLUG.')
    // Its absence is told below, in words that say what to do.
    .addArgument(new Argument('[action]', 'what to do').choices([...onAll, ...onOne]))
    .argument('[slug]', 'the component')
    .usage('[options] <action> [slug]')
    .addHelpText('after', actions)
  withTextOption(command, {
    flags: '--to <directory>',
    description: 'where components are, or where a download goes; components/ in --directory unless given',
    variable,
  })
  withFlag(command, {
    flags: '--fresh',
    description: 'for check: ask the hub however fresh its last answer is',
    variable: 'FLAVOR_LICENSE_FRESH',
  })
  withClientOptions(command).action((action: string | undefined, slug: string | undefined, values: ComponentsValues) =>
    perform(async (terminal) => {
      if (action === undefined) {
        const sentence = 'Name what to do, such as list; flavor-license components --help says what there is.'
        throw new CommandError('missing-argument', sentence)
      }
      return onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await act(client, action, slug, values, terminal)
        const isBare = outcome.outcome === 'current' && !('component' in outcome) && (await hasNone(client.components))
        return {
          exitCode: outcome.outcome === 'updated' ? updatedExitCode(outcome) : outcomeExitCode(outcome.outcome),
          json: outcome,
          text: isBare ? 'No component is installed here.' : renderComponents(outcome, now(), colors),
        }
      })
    }),
  )
}

async function hasNone(components: ComponentClient): Promise<boolean> {
  const { items } = await components.installed()
  return items.length === 0
}

async function act(
  { components }: LicenseClient,
  action: string,
  slug: string | undefined,
  values: ComponentsValues,
  terminal: Terminal,
): Promise<ComponentsOutcome> {
  const directory = directoryOf(values, terminal)
  const place = directory === undefined ? {} : { directory }
  if (isOneOf(onAll, action)) {
    if (slug !== undefined) throw new CommandError('excess-arguments', `${action} is about all components. Name none.`)
    if (action === 'installed') return components.installed(place)
    const fresh = values.fresh ?? environmentFlag(terminal.env, 'FLAVOR_LICENSE_FRESH')
    return action === 'check' ? components.check({ fresh }) : components[action]()
  }
  if (action === 'update' && slug === undefined) return updateComponents(components, place, terminal)
  if (!isOneOf(onOne, action) || slug === undefined) {
    throw new CommandError('missing-component', 'Name a component; flavor-license components available lists them.')
  }
  if (action !== 'download') await requirePlace(components, slug, directory)
  const onProgress = downloadReporter(terminal, slug)
  switch (action) {
    case 'download':
      return components.download(slug, { directory: directory ?? terminal.cwd(), onProgress })
    case 'install':
    case 'update':
      return components[action](slug, { ...place, onProgress })
    case 'rollback':
    case 'remove':
      return components[action](slug, place)
  }
}

/** Without a directory, only a component that is somewhere already has a place. */
async function requirePlace(components: ComponentClient, slug: string, directory: string | undefined): Promise<void> {
  if (directory !== undefined) return
  const { items } = await components.installed()
  if (items.some((item) => item.slug === slug)) return
  const sentence = `Name the directory that components are to be in: --to DIRECTORY (or ${variable}).`
  throw new CommandError('missing-option', sentence)
}

/** Beside the records where those have a place of their own; else where the component is already. */
function directoryOf(values: ComponentsValues, terminal: Terminal): string | undefined {
  const given = values.to ?? environmentText(terminal.env, variable)
  if (given !== undefined) {
    if (given.trim() === '') throw new CommandError('invalid-option', 'The directory is empty. Name a directory.')
    return resolve(terminal.cwd(), given)
  }
  const { directory } = readClientOptions(values, terminal)
  return directory === undefined ? undefined : join(directory, 'components')
}

function isOneOf<Value extends string>(values: readonly Value[], text: string): text is Value {
  return values.some((value) => value === text)
}
