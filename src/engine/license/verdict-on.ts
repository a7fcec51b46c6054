import { type AssessmentContext, assess, type RecordProblem } from '../../domain/license/assess.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import type { Setback } from '../../domain/license/setback.js'
import type { Verdict, VerdictSource } from '../../domain/license/verdict.js'
import type { RecordEngine } from '../record-engine.js'

/** The verdict on a record under this client's settings. */
export async function judge(
  engine: RecordEngine,
  record: LicenseRecord | RecordProblem,
  now: number,
  source: VerdictSource,
  setback?: Setback,
): Promise<Verdict> {
  const { domain } = await engine.identity()
  const context: AssessmentContext = {
    now,
    domain,
    policy: engine.settings.policy,
    source,
    ...(setback && { setback }),
  }
  return assess(record, context)
}

/** The verdict on the record that was loaded or saved last, without looking anywhere. */
export function judgeRemembered(engine: RecordEngine, now: number, setback?: Setback): Verdict {
  return assess(engine.keeper.remembered(), {
    now,
    domain: engine.knownDomain(),
    policy: engine.settings.policy,
    source: 'record',
    ...(setback && { setback }),
  })
}

/** The verdict on a record, told to whoever listens. */
export async function verdictOn(...question: Parameters<typeof judge>): Promise<Verdict> {
  const [engine] = question
  const verdict = await judge(...question)
  engine.observer.notify('verdict', verdict)
  return verdict
}
