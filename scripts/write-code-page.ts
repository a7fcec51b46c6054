import { writeFileSync } from 'node:fs'
import { codePage } from './code-page.js'

writeFileSync('docs/codes.md', codePage())
