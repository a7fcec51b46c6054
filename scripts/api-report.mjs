/**
 * Writes api/*.api.md, the public surface of each entry point, from the types that `npm run build` has built. With --check
 * it writes nothing and fails when a report is out of date.
 */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CompilerState, Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { entryPoints } from './bundling/entry-points.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const update = !process.argv.includes('--check')
const silent = { default: { logLevel: 'none' } }

const configurations = entryPoints.map((name) =>
  ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `<projectFolder>/dist/${name}.d.ts`,
      compiler: { overrideTsconfig: { extends: './tsconfig.json', include: ['dist/*.d.ts'] } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: '<projectFolder>/api',
        reportTempFolder: '<projectFolder>/build/api',
        // What an exported type is made of can be seen from outside, whether it has an exported name or not.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: `${root}package.json`,
  }),
)

mkdirSync(`${root}api`, { recursive: true })
const [first] = configurations
const compilerState = CompilerState.create(first, {
  additionalEntryPoints: configurations.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
})
const changed = configurations.filter((configuration) => {
  const { apiReportChanged } = Extractor.invoke(configuration, {
    compilerState,
    localBuild: update,
    messageCallback(message) {
      // That a report has changed is told below, once for all of them.
      message.handled = message.category === 'console'
    },
  })
  return apiReportChanged
})
const names = changed.map(({ reportFilePath }) => reportFilePath.slice(root.length)).join(', ')
if (changed.length > 0 && update) console.log(`Written: ${names}.`)
if (changed.length > 0 && !update) {
  console.error(`The public surface has changed: ${names}. Run npm run api, and look at the difference.`)
  process.exitCode = 1
}
