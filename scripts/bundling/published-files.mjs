/**
 * What is loaded of a client, by files and the modules that need them, in the order in which they are loaded: each file
 * is what one turn of the event loop loads, and Node loads one file sooner than several. A module takes with it what it
 * stands on, unless a file before has that, and what esbuild has put into one chunk with it.
 */
const publishedFiles = {
  start: ['client'],
  /** What a first question needs before all else, and the little that other entry points take of the client. */
  common: [
    'load-hub-side',
    'adapters/load-signature',
    'adapters/make-directories',
    'adapters/write-records',
    'adapters/directory-lock',
    'domain/budget/rate-budget',
    'domain/component/archive-entry-name',
    'protocol/spoken-installation',
  ],
  protocol: ['protocol/response'],
  asking: ['engine/hub/ask-about-record'],
  requests: ['adapters/undici-transport', 'asking/request-budget', 'adapters/file-ledger-store'],
  'use-cases': ['engine/use-cases'],
  'hub-side': ['hub-side'],
}

/** For Rollup: answers the file that a module of `build/` goes into, if it matters. */
export function placeInFiles() {
  let files
  return (id, { getModuleIds, getModuleInfo }) => {
    files ??= placeModules([...getModuleIds()], getModuleInfo)
    return files.get(id)
  }
}

function placeModules(ids, getModuleInfo) {
  const files = new Map()
  function place(id, file) {
    const { isExternal, importedIds } = getModuleInfo(id)
    if (isExternal || files.has(id)) return
    files.set(id, file)
    for (const imported of importedIds) place(imported, file)
  }
  for (const [file, sources] of Object.entries(publishedFiles)) {
    for (const source of sources) {
      const id = ids.find((candidate) => getModuleInfo(candidate).code?.includes(`// src/${source}.ts\n`))
      if (!id) throw new Error(`src/${source}.ts is in none of the modules that are published.`)
      place(id, file)
    }
    if (![...files.values()].includes(file)) throw new Error(`Nothing is left for the file ${file}.`)
  }
  // What is loaded later, esbuild reaches by a module that only passes it on: in a file of its own, that would be one
  // more to load.
  const order = Object.keys(publishedFiles)
  for (const id of ids) {
    const { code, importedIds, isEntry, isExternal } = getModuleInfo(id)
    if (isEntry || isExternal || files.has(id) || !onlyPassesOn(code)) continue
    const latest = Math.max(...importedIds.map((imported) => order.indexOf(files.get(imported))))
    if (latest >= 0) files.set(id, order[latest])
  }
  return files
}

function onlyPassesOn(code) {
  return code.replaceAll(/^(?:import|export)\b[^;]*;$/gm, '').trim() === ''
}
