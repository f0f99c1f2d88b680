// The second factor: a code from the authenticator app, or a recovery code.
import { codePage, recoveryPage } from '../../views/sign-in-pages.ts'
import { type Form, field } from '../web/body.ts'
import {
  type Failure,
  type SignInRequest,
  type StepDependencies,
  type StepPage,
  type StepResult,
  userOf,
} from './step.ts'

/** Value of `with` in the query, and of `factor` in the form, that selects a recovery code. */
export const recoveryOption = 'recovery'

export function showCode(
  request: SignInRequest,
  _parts: StepDependencies,
  failure: Failure | undefined,
): StepPage {
  const asking = {
    ...request.target,
    problem: failure?.problem,
    user: userOf(request).standing.userName,
    restart: { action: `${request.path}/restart`, token: request.target.token },
  }
  const page =
    request.option === recoveryOption
      ? recoveryPage({ ...asking, back: request.path })
      : codePage({ ...asking, recovery: `${request.path}?with=${recoveryOption}` })
  return { page }
}

export async function submitCode(
  request: SignInRequest,
  form: Form,
  deps: StepDependencies,
): Promise<StepResult> {
  const { progress } = userOf(request)
  const code = digitsAndLetters(field(form, 'code'))
  const recovering = field(form, 'factor') === recoveryOption
  if (code === '') return { kind: 'invalid', status: 422, problem: 'Enter the code.' }
  const { credentials } = deps
  const factor = recovering
    ? await credentials.spendRecoveryCode(progress.userId, code, request.origin)
    : await credentials.spendTotp(progress.userId, code, request.origin)
  if (factor === undefined)
    return { kind: 'invalid', status: 401, problem: 'Incorrect code, or a code that was already used.' }
  return {
    kind: 'proven',
    progress: { ...progress, factor, amr: [...progress.amr, recovering ? 'kba' : 'otp', 'mfa'] },
  }
}

/** Removes spaces, which people type within codes. Cut to 64 characters so that oversized input is not processed. */
const digitsAndLetters = (text: string): string => text.slice(0, 64).replace(/\s/g, '')
