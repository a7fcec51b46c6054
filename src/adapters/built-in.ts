/**
 * Node's own modules for what every start of a product runs, and what every question to the hub does, each when it is first
 * used. An `import` would load them with the package, make a module of each that holds all that it exports, and with
 * node:crypto load even Web Crypto.
 */
export const builtIn: {
  readonly crypto: () => typeof import('node:crypto')
  readonly diagnostics: () => typeof import('node:diagnostics_channel')
  readonly fileSystem: () => typeof import('node:fs')
  readonly operatingSystem: () => typeof import('node:os')
  readonly path: () => typeof import('node:path')
  readonly timers: () => typeof import('node:timers/promises')
} = {
  crypto: () => process.getBuiltinModule('node:crypto'),
  diagnostics: () => process.getBuiltinModule('node:diagnostics_channel'),
  fileSystem: () => process.getBuiltinModule('node:fs'),
  operatingSystem: () => process.getBuiltinModule('node:os'),
  path: () => process.getBuiltinModule('node:path'),
  timers: () => process.getBuiltinModule('node:timers/promises'),
}
