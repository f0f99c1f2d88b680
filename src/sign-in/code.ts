// The second factor: a code of the authenticator app, or one of the recovery codes.
import { codePage, recoveryPage } from '../../views/sign-in-pages.ts'
import { type Form, field } from '../web/body.ts'
import { type Asked, type Failure, knownOf, type Outcome, type StepParts, type Visit } from './step.ts'

/** The query that asks for the other way. */
export const recoveryWay = 'recovery'

export function askCode(visit: Visit, _parts: StepParts, failure: Failure | undefined): Asked {
  const asking = {
    ...visit.target,
    problem: failure?.problem,
    user: knownOf(visit).standing.userName,
    restart: { action: `${visit.path}/restart`, token: visit.target.token },
  }
  const page =
    visit.way === recoveryWay
      ? recoveryPage({ ...asking, back: visit.path })
      : codePage({ ...asking, recovery: `${visit.path}?with=${recoveryWay}` })
  return { page }
}

export async function takeCode(visit: Visit, form: Form, parts: StepParts): Promise<Outcome> {
  const { progress } = knownOf(visit)
  const code = digitsAndLetters(field(form, 'code'))
  const recovering = field(form, 'factor') === recoveryWay
  if (code === '') return { kind: 'again', status: 422, problem: 'Type the code.' }
  const factor = recovering ? undefined : await parts.credentials.spendTotp(progress.userId, code, visit.from)
  const right = recovering
    ? await parts.credentials.checkRecoveryCode(progress.userId, code, visit.from)
    : factor !== undefined
  if (!right) return { kind: 'again', status: 401, problem: 'That code is wrong or was used before.' }
  return {
    kind: 'proven',
    progress: { ...progress, factor, amr: [...progress.amr, recovering ? 'kba' : 'otp', 'mfa'] },
  }
}

/** Codes are typed with spaces. Cut, so that a megabyte is not compared. */
const digitsAndLetters = (text: string): string => text.slice(0, 64).replace(/\s/g, '')
