import type { Plugin } from 'esbuild'

/**
 * Parts of packages that are bundled and that nothing here runs: yauzl brings a checksum for a Node that has none, and
 * ways to read an archive that is not read through a reader of our own.
 */
export const withoutNeedlessParts: Plugin = {
  name: 'without-needless-parts',
  setup(build) {
    const namespace = 'needless'
    build.onResolve({ filter: /^\.\/(?:crc32|fd-slicer)$/ }, ({ path, importer }) =>
      /[\\/]yauzl[\\/]index\.js$/.test(importer) ? { path, namespace } : undefined,
    )
    build.onLoad({ filter: /.*/, namespace }, () => ({ contents: 'module.exports = {}', loader: 'js' }))
  },
}
